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
        var reason = new Option<string?>("--override-denials") { Description = "Why owners who have not acknowledged what it refuses are not waited for; it is recorded.", HelpName = "TEXT" };
        var command = new Verb("confirm", "Confirm a bundle that was proposed: from then on it decides.",
            "writ policy confirm support-desk 5f0c…") { name, digest, reason };
        session.RunAgainstServer(command, async (call, cancellation) =>
        {
            var body = new JsonObject { ["digest"] = call.Parse.GetRequiredValue(digest) };
            if (call.Parse.GetValue(reason) is { } why)
                body["override"] = why;
            var path = $"/v1/bundles/{Uri.EscapeDataString(call.Parse.GetRequiredValue(name))}/confirm";
            return PublicationSheet.Show(call, await call.Api.PostAsync(path, body, ApiJson.Default.BundleAnswer, cancellation));
        });
        return command;
    }
}
