using System.CommandLine;
using System.Text.Json.Nodes;
using Writ.Cli.Api;
using Writ.Cli.Terminal;

namespace Writ.Cli.Policies;

/// <summary><c>writ policy acknowledge</c>: the word of an agent's owner on what a proposed bundle will refuse to it.</summary>
internal static class PolicyAcknowledgeCommand
{
    public static Command Create(Session session)
    {
        var name = new Argument<string>("name") { Description = "The bundle's name." };
        var digest = new Argument<string>("digest") { Description = "The version that you looked at." };
        var command = new Verb("acknowledge", "Acknowledge, as the owner of agents, what a proposed bundle will refuse to them.",
            "writ policy acknowledge support-desk 5f0c…") { name, digest };
        session.RunAgainstServer(command, async (call, cancellation) =>
        {
            var bundle = call.Parse.GetRequiredValue(name);
            return call.Show(
                await call.Api.PostAsync($"/v1/bundles/{Uri.EscapeDataString(bundle)}/acknowledge", new JsonObject { ["digest"] = call.Parse.GetRequiredValue(digest) }, ApiJson.Default.ProposalList, cancellation),
                _ => call.Screen.Line($"{InertText.Of(bundle)} is acknowledged"));
        });
        return command;
    }
}
