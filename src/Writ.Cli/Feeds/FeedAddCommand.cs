using System.CommandLine;
using System.Text.Json.Nodes;
using Writ.Cli.Api;
using Writ.Cli.Terminal;

namespace Writ.Cli.Feeds;

/// <summary><c>writ feed add</c>: from now on records go out.</summary>
internal static class FeedAddCommand
{
    public static Command Create(Session session)
    {
        var name = new Argument<string>("name") { Description = "What the feed is called." };
        var url = new Option<string>("--url") { Description = "Where to: https://…, syslog+tls://host:port, syslog+tcp://host:port or syslog+udp://host:port.", HelpName = "URL", Required = true };
        var format = new Option<string>("--format") { Description = "What a record looks like there: cloudevents, ocsf or record.", DefaultValueFactory = _ => "cloudevents" };
        format.AcceptOnlyFromAmong("cloudevents", "ocsf", "record");
        var where = new Option<string?>("--where") { Description = "Which records of the decision log, as in a query. Default: all of them.", HelpName = "FILTER" };
        var decisionsOnly = new Option<bool>("--decisions-only") { Description = "Leave out what changes Writ itself, the control log." };
        var allow = new Option<string[]>("--allow-address") { Description = "A private or loopback address, or a network, that the host may have. May be given several times.", HelpName = "ADDRESS", DefaultValueFactory = _ => [] };
        var fromStart = new Option<bool>("--from-start") { Description = "Send what was recorded before as well." };
        var command = new Verb("add", "Send records out from now on.",
            "writ feed add siem --url https://siem.example/writ --format ocsf",
            "writ feed add denials --url https://alerts.example/hook --where 'outcome = DENY'",
            "writ feed add syslog --url syslog+tls://log.example:6514 --allow-address 10.0.0.0/8")
        {
            name, url, format, where, decisionsOnly, allow, fromStart,
        };
        session.RunAgainstServer(command, async (call, cancellation) =>
        {
            var body = new JsonObject
            {
                ["name"] = call.Parse.GetRequiredValue(name),
                ["url"] = call.Parse.GetRequiredValue(url),
                ["format"] = call.Parse.GetRequiredValue(format),
                ["control"] = !call.Parse.GetValue(decisionsOnly),
                ["allowed_addresses"] = new JsonArray([.. call.Parse.GetRequiredValue(allow).Select(a => (JsonNode)a)]),
                ["from_start"] = call.Parse.GetValue(fromStart),
            };
            if (call.Parse.GetValue(where) is { } filter)
                body["where"] = filter;
            return call.Show(await call.Api.PostAsync("/v1/feeds", body, ApiJson.Default.FeedAnswer, cancellation), answer => FeedCommand.Show(call.Screen, [answer.Feed]));
        });
        return command;
    }
}
