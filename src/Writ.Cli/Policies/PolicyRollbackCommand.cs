using System.CommandLine;
using System.Text.Json.Nodes;
using Writ.Cli.Api;
using Writ.Cli.Terminal;

namespace Writ.Cli.Policies;

/// <summary><c>writ policy rollback</c>: an earlier version of a bundle holds again from the next decision on.</summary>
internal static class PolicyRollbackCommand
{
    public static Command Create(Session session)
    {
        var name = new Argument<string>("name") { Description = "The bundle's name." };
        var to = new Option<string>("--to") { Description = "The digest of the version; by default the one that held before.", HelpName = "DIGEST" };
        var reason = new Option<string>("--reason") { Description = "Why; it is recorded.", HelpName = "TEXT", Required = true };
        var command = new Verb("rollback", "Let an earlier version of a bundle hold again, from the next decision on.",
            "writ policy rollback support-desk --reason 'refunds are refused'") { name, to, reason };
        session.RunAgainstServer(command, async (call, cancellation) =>
        {
            var body = new JsonObject { ["reason"] = call.Parse.GetRequiredValue(reason) };
            if (call.Parse.GetValue(to) is { } digest)
                body["to"] = digest;
            var path = $"/v1/bundles/{Uri.EscapeDataString(call.Parse.GetRequiredValue(name))}/rollback";
            return call.Show(await call.Api.PostAsync(path, body, ApiJson.Default.BundleAnswer, cancellation), active =>
            {
                call.Screen.Line($"{InertText.Of(active.Name)} {InertText.Of(active.Version)} holds again", Look.Good);
                call.Screen.Facts([("digest", InertText.Of(active.Digest)), ("snapshot", InertText.Of(active.Snapshot))]);
            });
        });
        return command;
    }
}
