using System.CommandLine;
using Writ.Cli.Api;
using Writ.Cli.Terminal;

namespace Writ.Cli.Policies;

/// <summary><c>writ policy history</c>: the versions of a bundle that are kept, and their states.</summary>
internal static class PolicyHistoryCommand
{
    public static Command Create(Session session)
    {
        var name = new Argument<string>("name") { Description = "The bundle's name." };
        var command = new Verb("history", "List the versions of a bundle that are kept, oldest first: which holds, what each replaced, and what is tried.",
            "writ policy history support-desk") { name };
        session.RunAgainstServer(command, async (call, cancellation) =>
            call.Show(
                await call.Api.GetAsync($"/v1/bundles/{Uri.EscapeDataString(call.Parse.GetRequiredValue(name))}", ApiJson.Default.BundleVersionList, cancellation),
                list => call.Screen.Table(
                    ["VERSION", "STATE", "DIGEST", "REPLACED"],
                    list.Versions.Select(v => new[] { v.Version, v.State, v.Digest, v.Before ?? "nothing" }.Select(cell => InertText.Of(cell)).ToArray()))));
        return command;
    }
}
