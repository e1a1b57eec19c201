using System.CommandLine;
using System.Text.Json.Nodes;
using Writ.Cli.Api;
using Writ.Cli.Terminal;

namespace Writ.Cli.Policies;

/// <summary><c>writ policy withdraw</c>: a version of a bundle is no longer tried.</summary>
internal static class PolicyWithdrawCommand
{
    public static Command Create(Session session)
    {
        var name = new Argument<string>("name") { Description = "The bundle's name." };
        var reason = new Option<string>("--reason") { Description = "Why; it is recorded.", HelpName = "TEXT", Required = true };
        var command = new Verb("withdraw", "Stop trying a version of a bundle. What holds still holds.",
            "writ policy withdraw support-desk --reason 'it would refuse refunds'") { name, reason };
        session.RunAgainstServer(command, async (call, cancellation) =>
        {
            var body = new JsonObject { ["reason"] = call.Parse.GetRequiredValue(reason) };
            var path = $"/v1/bundles/{Uri.EscapeDataString(call.Parse.GetRequiredValue(name))}/withdraw";
            return call.Show(await call.Api.PostAsync(path, body, ApiJson.Default.CandidateView, cancellation), candidate =>
                call.Screen.Line($"{InertText.Of(candidate.Name)} {InertText.Of(candidate.Version)} is no longer tried", Look.Good));
        });
        return command;
    }
}
