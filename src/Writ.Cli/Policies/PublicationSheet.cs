using Writ.Cli.Api;
using Writ.Cli.Terminal;

namespace Writ.Cli.Policies;

/// <summary>What came of a publish, for people.</summary>
internal static class PublicationSheet
{
    /// <summary>Shows it. Ends with 1 where the bundle waits for somebody: it does not decide yet.</summary>
    public static ExitCode Show(ApiCall call, ApiResult<BundleAnswer> result)
    {
        var exit = call.Show(result, bundle => Show(call.Screen, bundle));
        return result is ApiResult<BundleAnswer>.Ok { Value.State: "proposed" } ? ExitCode.No : exit;
    }

    private static void Show(Screen screen, BundleAnswer bundle)
    {
        var name = $"{InertText.Of(bundle.Name)} {InertText.Of(bundle.Version)}";
        if (bundle.State == "proposed")
            screen.Line($"proposed {name}: it does not decide yet", Look.Held);
        else if (bundle.State == "canary")
            screen.Line($"{name} is a canary and decides for its share: see writ policy shadow {InertText.Of(bundle.Name)}", Look.Good);
        else
            screen.Line($"published {name}", Look.Good);
        var facts = new List<(string, string)> { ("digest", InertText.Of(bundle.Digest)), ("snapshot", InertText.Of(bundle.Snapshot)) };
        facts.Add(("signed", bundle.SignedBy is { } key ? $"by key {InertText.Of(key)}" : "by nobody: the token of whoever published it vouches for it"));
        if (bundle.Ground == "solo")
            facts.Add(("solo", "one person stood for two: nobody else has the security capability"));
        if (bundle.ExpiresAt is { } end)
            facts.Add(("until", Instant.Of(end)));
        screen.Facts([.. facts]);
        if (bundle.Finding is { } finding)
            screen.Wrapped($"{finding.Looseness switch { "not-looser" => "not looser", "looser" => "looser", "first" => "first", _ => "unproved" },-10}", new string(' ', 10), InertText.Of(finding.Words));
        ForecastSheet.Show(screen, bundle.Denials);
        if (bundle.State == "proposed")
            screen.Note("`writ policy proposals` says who has to confirm or acknowledge it");
    }
}
