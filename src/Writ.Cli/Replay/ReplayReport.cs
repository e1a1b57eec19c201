using System.Globalization;
using System.Text.Json.Nodes;
using Writ.Cli.Terminal;
using Writ.Governance.Decisions;
using Writ.Governance.Replay;
using Writ.Governance.Tools;

namespace Writ.Cli.Replay;

/// <summary>What a replay decided, by effect class and outcome.</summary>
internal static class ReplayReport
{
    private static readonly Outcome[] Outcomes = Enum.GetValues<Outcome>();
    private static readonly ReplayObstacle[] Obstacles = [.. Enum.GetValues<ReplayObstacle>().Where(o => o != ReplayObstacle.None)];
    private static readonly EffectClass?[] Rows = [.. Enum.GetValues<EffectClass>().Cast<EffectClass?>(), null];

    public static void Show(Screen screen, ReplayTally tally, string snapshot)
    {
        screen.Table(
            ["effect", .. Outcomes.Select(o => o.Word())],
            [
                .. Rows.Where(row => Outcomes.Any(o => tally.Of(row, o) > 0)).Select(row => Cells(Word(row), o => tally.Of(row, o))),
                Cells("all", tally.Of),
            ]);
        screen.Line();
        screen.Facts(
        [
            ("traces", Number(tally.Traces)),
            ("calls", Number(tally.Calls)),
            .. Obstacles.Where(o => tally.Of(o) > 0).Select(o => (Describe(o), Number(tally.Of(o)))),
            ("snapshot", snapshot),
        ]);
        screen.Document(new JsonObject
        {
            ["traces"] = tally.Traces,
            ["calls"] = tally.Calls,
            ["decisions"] = new JsonObject(Outcomes.Select(o => KeyValuePair.Create(o.Word(), (JsonNode?)tally.Of(o)))),
            ["by_effect"] = new JsonObject(Rows.Select(row => KeyValuePair.Create(Word(row), (JsonNode?)ByEffect(tally, row)))),
            ["snapshot"] = snapshot,
        });
    }

    private static JsonObject ByEffect(ReplayTally tally, EffectClass? row) => new(
    [
        .. Outcomes.Select(o => KeyValuePair.Create(o.Word(), (JsonNode?)tally.Of(row, o))),
        .. Obstacles.Select(o => KeyValuePair.Create(Key(o), (JsonNode?)tally.Of(row, o))),
    ]);

    private static string[] Cells(string name, Func<Outcome, long> count) => [name, .. Outcomes.Select(o => Number(count(o)))];

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Word(EffectClass? effect) => effect?.Word() ?? "unknown tool";

    private static string Key(ReplayObstacle obstacle) => obstacle switch
    {
        ReplayObstacle.UnknownTool => "unknown_tool",
        ReplayObstacle.UnreadableArguments => "unreadable_arguments",
        ReplayObstacle.InvalidArguments => "invalid_arguments",
        _ => throw new ArgumentOutOfRangeException(nameof(obstacle), obstacle, null),
    };

    private static string Describe(ReplayObstacle obstacle) => $"denied for {Key(obstacle).Replace('_', ' ')}";
}
