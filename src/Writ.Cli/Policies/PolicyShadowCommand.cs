using System.CommandLine;
using System.Globalization;
using Writ.Cli.Api;
using Writ.Cli.Terminal;

namespace Writ.Cli.Policies;

/// <summary><c>writ policy shadow</c>: on which live decisions a candidate would have decided otherwise.</summary>
internal static class PolicyShadowCommand
{
    public static Command Create(Session session)
    {
        var name = new Argument<string>("name") { Description = "The bundle's name." };
        var command = new Verb("shadow", "Show how a bundle that is tried, in shadow or as a canary, compares with what decides: the pairs of outcomes that differ, with decisions as examples.",
            "writ policy shadow support-desk") { name };
        session.RunAgainstServer(command, async (call, cancellation) =>
            call.Show(
                await call.Api.GetAsync($"/v1/bundles/{Uri.EscapeDataString(call.Parse.GetRequiredValue(name))}/shadow", ApiJson.Default.ShadowView, cancellation),
                view => Show(call.Screen, view)));
        return command;
    }

    private static void Show(Screen screen, ShadowView view)
    {
        var candidate = view.Candidate;
        screen.Line($"{InertText.Of(candidate.Name)} {InertText.Of(candidate.Version)} is in {InertText.Of(candidate.State)}", Look.Strong);
        screen.Facts(
        [
            ("digest", InertText.Of(candidate.Digest)),
            ("staged", Instant.Of(candidate.Since)),
            ("counted since", view.CountedSince is { } since ? Instant.Of(since) : "no decision yet"),
            ("against", InertText.Of(view.Against)),
        ]);
        if (candidate.Fault is { } fault)
            screen.Line($"it would refuse everything: {InertText.Of(fault)}", Look.Bad);
        if (view.Canary is { } canary)
            Show(screen, canary);
        foreach (var pair in view.Disagreements)
        {
            screen.Pieces(
                (InertText.Of(pair.Decided), Outcomes.Look(pair.Decided)), (" -> ", Look.Plain), (InertText.Of(pair.Candidate), Outcomes.Look(pair.Candidate)),
                ($"  {Number(pair.Count)}{(pair.Decided == pair.Candidate ? "  on other terms" : pair.Looser ? "  looser" : "")}", Look.Strong));
            foreach (var example in pair.Newest)
                screen.Wrapped("  ", "    ", $"{InertText.Of(example.Decision)}  {InertText.Of(string.Join(", ", example.Rules))}");
        }

        var differing = view.Disagreements.Sum(pair => pair.Count);
        screen.Line($"{Number(view.Compared)} decisions compared, {Number(differing)} would differ", differing > 0 ? Look.Held : Look.Good);
        if (view.Dropped + view.Failed + view.Elsewhere > 0)
            screen.Note($"{Number(view.Elsewhere)} were refused before or after the policies, {Number(view.Dropped)} were too many to be evaluated, {Number(view.Failed)} could not be.");
    }

    private static void Show(Screen screen, CanaryView canary)
    {
        var (here, there) = (canary.Canary.Values.Sum(), canary.Others.Values.Sum());
        screen.Line($"it decides for {canary.Terms.Percent} % of the {InertText.Of(canary.Terms.Unit)}; rates are compared from {Number(canary.Terms.Minimum)} decisions of either side on");
        screen.Table(
            ["OUTCOME", "CANARY", "OTHERS", "APART AT MOST"],
            canary.Canary.Keys.Concat(canary.Others.Keys).Concat(canary.Terms.Band.Keys).Distinct().Order(StringComparer.Ordinal).Select(outcome => (string[])
            [
                InertText.Of(outcome), Rate(canary.Canary.GetValueOrDefault(outcome), here), Rate(canary.Others.GetValueOrDefault(outcome), there),
                canary.Terms.Band.TryGetValue(outcome, out var points) ? $"{points} points" : "",
            ]));
        if (canary.Left is { } left)
            screen.Line(InertText.Of(left), Look.Bad);
        if (canary.Suspended)
            screen.Line("what holds decides for everybody; the end of the canary waits for its record", Look.Bad);
    }

    private static string Rate(long some, long all) =>
        all == 0 ? "none yet" : string.Create(CultureInfo.InvariantCulture, $"{100m * some / all:0.0} % of {all:N0}");

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
