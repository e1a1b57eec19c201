using System.CommandLine;
using Writ.Cli.Api;
using Writ.Cli.Terminal;

namespace Writ.Cli.Policies;

/// <summary><c>writ policy list</c>: the bundles that hold, and those that are tried.</summary>
internal static class PolicyListCommand
{
    public static Command Create(Session session)
    {
        var command = new Verb("list", "List the bundles and their states: those that hold, and those that are tried beside them.", "writ policy list");
        session.RunAgainstServer(command, async (call, cancellation) =>
            call.Show(await call.Api.GetAsync("/v1/bundles", ApiJson.Default.BundleList, cancellation), list => Show(call.Screen, list)));
        return command;
    }

    private static void Show(Screen screen, BundleList list)
    {
        if (list.Bundles.Count + list.Candidates.Count == 0)
        {
            screen.Line("no bundles: everything is denied; publish one with `writ policy publish FOLDER`");
            return;
        }

        if (list.Fault is { } fault)
            screen.Line($"everything is refused: {InertText.Of(fault)}", Look.Bad);
        screen.Table(
            ["NAME", "VERSION", "TIER", "STATE", "DIGEST"],
            [
                .. list.Bundles.Select(b => Row(b.Name, b.Version, b.Tier, "active", b.Digest)),
                .. list.Candidates.Select(c => Row(c.Name, c.Version, c.Tier, c.State, c.Digest)),
            ]);
    }

    private static string[] Row(params string[] cells) => [.. cells.Select(cell => InertText.Of(cell))];
}
