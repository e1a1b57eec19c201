using System.Text.Json;
using Writ.Cli.Api;
using Writ.Cli.Terminal;

namespace Writ.Cli.Policies;

/// <summary>An explanation for people: the outcome, the rules in scope clause by clause, and what would change it.</summary>
internal static class ExplanationSheet
{
    /// <param name="screen">Where it is shown.</param>
    /// <param name="explanation">The answer.</param>
    /// <param name="whole">Whether the clauses are shown, or the outcome alone.</param>
    public static void Show(Screen screen, Explanation explanation, bool whole)
    {
        screen.Pieces((InertText.Of(explanation.Outcome), Outcomes.Look(explanation.Outcome)));
        screen.Facts(
        [
            .. Fact("code", explanation.Code),
            .. Fact("detail", explanation.Detail),
            .. (explanation.Rules ?? []).SelectMany(rule => Fact("rule", rule)),
            .. (explanation.Constraints ?? []).SelectMany(constraint => Fact("limit", Json(constraint))),
            .. explanation.EffectiveArguments is { ValueKind: JsonValueKind.Object } runs ? Fact("runs with", runs.GetRawText()) : [],
            .. explanation.Approvers is { Count: > 0 } approvers ? Fact("approvers", string.Join(", ", approvers)) : [],
            .. explanation.Remedy is { ValueKind: JsonValueKind.Object } remedy ? Fact("instead", remedy.GetRawText()) : [],
            .. (explanation.Gates ?? []).SelectMany(gate => Fact("gate", $"{gate.Name}: {gate.Result}")),
            .. explanation.PointsNotAsked is { Count: > 0 } points ? Fact("not asked", $"{string.Join(", ", points)}, who would have to agree") : [],
            .. explanation.FactsNotLookedUp is { Count: > 0 } facts ? Fact("not looked up", $"{string.Join(", ", facts)}: what reads it is shown as it is without") : [],
        ]);
        if (!whole)
            return;
        foreach (var rule in explanation.Explained ?? [])
            Show(screen, rule);
        if (explanation.Changes is not { Count: > 0 } changes)
            return;
        screen.Line();
        screen.Line("what would change it", Look.Strong);
        foreach (var change in changes)
            screen.Wrapped("  ", "    ", $"{InertText.Of(change.Argument)}: {Value(change.Now)} -> {Value(change.Then)}: {InertText.Of(change.Outcome)}");
    }

    private static void Show(Screen screen, ExplainedRule rule)
    {
        screen.Line();
        var (word, look) = rule.Fate switch
        {
            "satisfied" => ("holds", rule.Rule.Kind == "permit" ? Look.Good : Look.Held),
            "failed" => ("failed", Look.Bad),
            _ => ("does not hold", Look.Quiet),
        };
        screen.Pieces(
            (InertText.Of(rule.Rule.Name), Look.Strong), ($"  {InertText.Of(rule.Rule.Kind)}, ", Look.Plain), (word, look),
            ($"  {InertText.Of(rule.Rule.File ?? "")}:{rule.Rule.Line}", Look.Quiet));
        foreach (var clause in rule.Clauses ?? [])
        {
            screen.Wrapped($"  {Mark(clause.Fate)} ", "      ", InertText.Of(clause.Text));
            if (clause.Fault is { } fault)
                screen.Wrapped("      ", "      ", InertText.Of(fault));
            foreach (var read in clause.Reads ?? [])
                screen.Wrapped("      ", "        ", $"{InertText.Of(read.Path)} is {InertText.Of(read.Value ?? "not there")}");
            // What turns a clause is worth telling where the rule stands in the way, or would have to hold.
            if (clause.Change is { } change && (clause.Fate == "misses" || (rule.Fate == "satisfied" && rule.Rule.Kind != "permit")))
                screen.Wrapped($"      {(clause.Fate == "misses" ? "" : "to be free of it: ")}", "        ", InertText.Of(change));
        }
    }

    private static string Mark(string fate) => fate switch
    {
        "holds" => "yes",
        "misses" => "no ",
        "failed" => "!  ",
        _ => "-  ",
    };

    private static string Value(JsonElement? value) => value is { ValueKind: not JsonValueKind.Undefined } there ? InertText.Of(there.GetRawText()) : "absent";

    private static string Json(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    private static (string, string)[] Fact(string name, string? value) => value is null ? [] : [(name, InertText.Of(value))];
}
