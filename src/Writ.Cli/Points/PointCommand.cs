using System.CommandLine;
using Writ.Cli.Api;
using Writ.Cli.Terminal;

namespace Writ.Cli.Points;

/// <summary><c>writ point</c>: the decision points outside Writ that have to agree to what the policies permit.</summary>
internal static class PointCommand
{
    public static Command Create(Session session) => new Verb("point", "Name decision points outside Writ (AuthZEN, OPA) that have to agree as well. They can refuse, and nothing else.")
    {
        PointAddCommand.Create(session),
        PointRemoveCommand.Create(session),
        List(session),
    };

    /// <summary>Shows points in columns.</summary>
    public static void Show(Screen screen, IReadOnlyList<PointView> points)
    {
        screen.Table(
            ["POINT", "KIND", "URL", "ASKED ABOUT", "TIMEOUT", "STATE"],
            points.Select(point => (string[])
            [
                InertText.Of(point.Name), InertText.Of(point.Kind), InertText.Of(point.Url), InertText.Of(string.Join(", ", point.Actions)), $"{point.TimeoutMs} ms", InertText.Of(point.State),
            ]));
        foreach (var point in points.Where(p => p.SecretSet == false))
            screen.Note($"{InertText.Of(point.SecretVariable ?? "")} is not set where the server runs: until it is, everything '{InertText.Of(point.Name)}' is asked about is refused.");
    }

    private static Verb List(Session session)
    {
        var command = new Verb("list", "List the decision points, and whether they are asked or rest after too many failures.", "writ point list");
        session.RunAgainstServer(command, async (call, cancellation) =>
            call.Show(await call.Api.GetAsync("/v1/decision-points", ApiJson.Default.PointList, cancellation), list =>
            {
                if (list.Points.Count == 0)
                    call.Screen.Line("no decision points: the policies alone decide; add one with `writ point add FILE`");
                else
                    Show(call.Screen, list.Points);
            }));
        return command;
    }
}
