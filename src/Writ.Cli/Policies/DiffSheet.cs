using System.Globalization;
using System.Text.Json.Nodes;
using Writ.Cli.Terminal;
using Writ.Governance.Decisions;
using Writ.Governance.Policies.Comparison;

namespace Writ.Cli.Policies;

/// <summary>What changes between two policies: each pair of outcomes with its number and examples.</summary>
internal static class DiffSheet
{
    public static void Show(Screen screen, OutcomeDifferences found)
    {
        foreach (var (before, after) in found.Pairs)
        {
            screen.Pieces(
                (before.Word(), Outcomes.Look(before.Word())), (" -> ", Look.Plain), (after.Word(), Outcomes.Look(after.Word())),
                ($"  {Number(found.Of(before, after))}{(after < before ? "  looser" : "")}", Look.Strong));
            foreach (var example in found.Examples(before, after))
            {
                screen.Wrapped("  ", "    ", $"{InertText.Of(example.Action)} {InertText.Of(example.Arguments)}  ({InertText.Of(example.Origin)})");
                screen.Wrapped("    ", "      ", $"{Rules(example.RulesBefore)} -> {Rules(example.RulesAfter)}");
            }
        }

        if (found.Changed > 0)
            screen.Line();
        screen.Line(
            $"{Number(found.Compared)} requests compared, {Number(found.Changed)} with another outcome, {Number(found.Loosened)} of them looser",
            found.Loosened > 0 ? Look.Bad : found.Changed > 0 ? Look.Held : Look.Good);
        screen.Document(new JsonObject
        {
            ["compared"] = found.Compared,
            ["changed"] = found.Changed,
            ["loosened"] = found.Loosened,
            ["pairs"] = new JsonArray([.. found.Pairs.Select(pair => (JsonNode)PairOf(found, pair.Before, pair.After))]),
        });
    }

    private static JsonObject PairOf(OutcomeDifferences found, Outcome before, Outcome after) => new()
    {
        ["before"] = before.Word(),
        ["after"] = after.Word(),
        ["count"] = found.Of(before, after),
        ["examples"] = new JsonArray([.. found.Examples(before, after).Select(example => (JsonNode)new JsonObject
        {
            ["origin"] = example.Origin,
            ["action"] = example.Action,
            ["arguments"] = example.Arguments,
            ["rules_before"] = new JsonArray([.. example.RulesBefore.Select(rule => (JsonNode)rule)]),
            ["rules_after"] = new JsonArray([.. example.RulesAfter.Select(rule => (JsonNode)rule)]),
        })]),
    };

    private static string Rules(IReadOnlyCollection<string> rules) => rules.Count == 0 ? "no rule" : InertText.Of(string.Join(", ", rules));

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
