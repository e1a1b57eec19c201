using System.CommandLine;
using System.Text.Json.Nodes;
using Writ.Cli.Api;
using Writ.Cli.Terminal;

namespace Writ.Cli.Policies;

/// <summary><c>writ policy confirm</c>: the second person's word for a proposed bundle.</summary>
internal static class PolicyConfirmCommand
{
    public static Command Create(Session session)
    {
        var name = new Argument<string>("name") { Description = "The bundle's name." };
        var digest = new Argument<string>("digest") { Description = "The version that you looked at." };
        var command = new Verb("confirm", "Confirm a bundle that another person proposed: from then on it decides.",
            "writ policy confirm support-desk 5f0c…") { name, digest };
        session.RunAgainstServer(command, async (call, cancellation) => PublicationSheet.Show(call, await call.Api.PostAsync(
            $"/v1/bundles/{Uri.EscapeDataString(call.Parse.GetRequiredValue(name))}/confirm",
            new JsonObject { ["digest"] = call.Parse.GetRequiredValue(digest) },
            ApiJson.Default.BundleAnswer, cancellation)));
        return command;
    }
}
