using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Writ.Cli.Ledgers;
using Writ.Cli.Terminal;

namespace Writ.Cli.Reports;

/// <summary>How governance itself does. Immutable.</summary>
internal sealed record Scorecard(ImmutableArray<Score> Scores, ImmutableArray<ReportSection> Tables, string Span)
{
    private const string Allowed = "outcome in (ALLOW, ALLOW_WITH_CONSTRAINTS)";
    private const string HighRisk = "effect in (money, credential, destroy, egress)";

    // What Writ looks up for its own policies is no action of an agent's.
    private const string Actions = "door != facts";

    public bool IsWithin => Scores.All(s => s.IsWithin);

    private static readonly ScoreMetric LongestKill = new("time to kill, longest", "GET /v1/kills", null, 0, 30_000_000, "30 s or less");

    /// <summary>Asks for all of it.</summary>
    /// <param name="questions">Whom.</param>
    /// <param name="period">The time as a query has it.</param>
    /// <param name="covers">The same for a moment.</param>
    /// <param name="span">The same for people.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<(Scorecard? Card, Trouble? Trouble)> AskAsync(
        IQuestions questions, string period, Predicate<DateTimeOffset> covers, string span, CancellationToken cancellation)
    {
        var scores = ImmutableArray.CreateBuilder<Score>();
        foreach (var metric in Metrics(period))
        {
            var (counted, trouble) = await ValueAsync(questions, metric.Query, cancellation);
            if (trouble is not null)
                return (null, trouble);
            decimal? of = null;
            if (metric.Of is { } whole && ((of, trouble) = await ValueAsync(questions, whole, cancellation)).trouble is not null)
                return (null, trouble);
            scores.Add(new Score(metric, metric.Of is null ? counted : of > 0 ? 100 * counted / of : null));
        }

        var (kills, untold) = await questions.KillsAsync(cancellation);
        if (kills is null)
            return (null, untold);
        scores.Add(new Score(LongestKill, kills.Where(kill => covers(kill.OrderedAt)).Max(kill => (decimal?)kill.Us)));
        var (tables, unanswered) = await new Report("", [], TablesOf(period)).AskAsync(questions, cancellation);
        return tables is null ? (null, unanswered) : (new Scorecard(scores.ToImmutable(), tables.Sections, span), null);
    }

    public Report ToReport() => new("Scorecard", [("time", Span)],
    [
        new ReportSection("How does governance do?", "each measure by the queries in its row")
        {
            Answer = new JsonObject
            {
                ["columns"] = new JsonArray("measure", "value", "band", "verdict", "query", "of"),
                ["rows"] = new JsonArray([.. Scores.Select(s => (JsonNode)new JsonObject
                {
                    ["measure"] = s.Metric.Name, ["value"] = s.Shown, ["band"] = s.Metric.Band, ["verdict"] = s.Verdict, ["query"] = s.Metric.Query, ["of"] = s.Metric.Of ?? "",
                })]),
                ["agents"] = new JsonObject(),
            },
            Note = "Not measured, because nothing records it yet: anomaly precision, snapshot mismatches, drift.",
        },
        .. Tables,
    ]);

    private static ScoreMetric[] Metrics(string period) =>
    [
        new("denied", $"{Actions} and outcome = DENY{period} show count", $"{Actions}{period} show count", 1, 5, "1 to 5 %"),
        new("held for people", $"{Actions} and outcome = REQUIRE_APPROVAL{period} show count", $"{Actions}{period} show count", 2, 8, "2 to 8 %"),
        new("effects known of what was allowed", $"{Allowed} and has status{period} show count", $"{Allowed}{period} show count", 100, 100, "100 %"),
        new("effects that nobody can tell", $"status = unknown{period} show count", $"has status{period} show count", 0, 0, "0 %"),
        new("high-risk actions limited, approved or refused", $"{Actions} and {HighRisk} and (has constraint or has approver or not {Allowed}){period} show count", $"{Actions} and {HighRisk}{period} show count", 90, 100, "90 % or more"),
        new("held actions that nobody answered", $"outcome = REQUIRE_APPROVAL and not has answer{period} show count", $"outcome = REQUIRE_APPROVAL{period} show count", 0, 10, "10 % or less"),
        new("time to an answer, p50", $"kind = approval and has waited{period} show p50(waited)", null, 0, 900_000_000, "15 min or less"),
        new("time to an answer, p95", $"kind = approval and has waited{period} show p95(waited)", null, 0, 3_600_000_000, "1 h or less"),
        new("time to a decision, p99", $"{Actions}{period} show p99(decided_in)", null, 0, 5_000, "5 ms or less"),
    ];

    private static ImmutableArray<ReportSection> TablesOf(string period) =>
    [
        new ReportSection("How are decisions distributed over workflows?", $"{Actions}{period} group by workflow, outcome limit 200"),
        new ReportSection("What is refused most?", $"{Actions} and outcome = DENY{period} group by code, rule limit 20"),
    ];

    private static async Task<(decimal? Value, Trouble? trouble)> ValueAsync(IQuestions questions, string query, CancellationToken cancellation)
    {
        var (answer, trouble) = await questions.AskAsync(query, null, cancellation);
        var row = answer?["rows"]?.AsArray().LastOrDefault() as JsonObject;
        return (row?.LastOrDefault().Value?.GetValue<decimal>(), trouble);
    }
}
