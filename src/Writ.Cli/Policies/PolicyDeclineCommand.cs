using System.CommandLine;
using System.Text.Json.Nodes;
using Writ.Cli.Api;
using Writ.Cli.Terminal;

namespace Writ.Cli.Policies;

/// <summary><c>writ policy decline</c>: a proposed bundle is turned down, or taken back by whoever proposed it.</summary>
internal static class PolicyDeclineCommand
{
    public static Command Create(Session session)
    {
        var name = new Argument<string>("name") { Description = "The bundle's name." };
        var digest = new Argument<string>("digest") { Description = "The version that is proposed." };
        var reason = new Option<string>("--reason") { Description = "Why; it is recorded.", HelpName = "TEXT", Required = true };
        var command = new Verb("decline", "Turn a proposed bundle down, or take your own proposal back.",
            "writ policy decline support-desk 5f0c… --reason 'refunds need approval'") { name, digest, reason };
        session.RunAgainstServer(command, async (call, cancellation) =>
        {
            var bundle = call.Parse.GetRequiredValue(name);
            var body = new JsonObject { ["digest"] = call.Parse.GetRequiredValue(digest), ["reason"] = call.Parse.GetRequiredValue(reason) };
            return call.Show(
                await call.Api.PostAsync($"/v1/bundles/{Uri.EscapeDataString(bundle)}/decline", body, ApiJson.Default.ProposalList, cancellation),
                left => call.Screen.Line($"{InertText.Of(bundle)} is no longer proposed; {left.Proposals.Count} wait"));
        });
        return command;
    }
}
