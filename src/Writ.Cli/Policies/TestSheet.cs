using System.Globalization;
using System.Text.Json.Nodes;
using Writ.Cli.Terminal;
using Writ.Governance.Decisions;
using Writ.Governance.Policies.Testing;

namespace Writ.Cli.Policies;

/// <summary>What came of the cases: those that failed with what was expected, the rules and how often the cases met them, and the sum.</summary>
internal static class TestSheet
{
    public static void Show(Screen screen, TestReport report)
    {
        foreach (var failed in report.Results.Where(result => !result.Passed))
        {
            screen.Pieces(("failed  ", Look.Bad), (InertText.Of(failed.Case.Name), Look.Strong), ($"  {InertText.Of(failed.Case.File)}:{Number(failed.Case.Line)}", Look.Quiet));
            foreach (var mismatch in failed.Mismatches)
                screen.Wrapped("        ", "          ", InertText.Of(mismatch));
        }

        screen.Table(
            ["rule", "kind", "holds", "does not hold", "failed", ""],
            report.Coverage.Select(rule => (IReadOnlyList<string>)
            [
                InertText.Of(rule.Rule.Name), rule.Rule.Kind, Number(rule.Satisfied), rule.Rule.HasConditions ? Number(rule.Unsatisfied) : "", Number(rule.Failed),
                rule.IsCovered ? "" : rule.Satisfied == 0 ? "never shown holding" : "never shown not holding",
            ]));
        screen.Line();
        var covered = report.Coverage.Count(rule => rule.IsCovered);
        screen.Line(
            $"{Number(report.Results.Length - report.Failed)} passed, {Number(report.Failed)} failed; {Number(covered)} of {Number(report.Coverage.Length)} rules covered",
            report.Failed > 0 ? Look.Bad : Look.Good);
        screen.Document(new JsonObject
        {
            ["passed"] = report.Results.Length - report.Failed,
            ["failed"] = report.Failed,
            ["snapshot"] = report.Snapshot,
            ["cases"] = new JsonArray([.. report.Results.Select(result => (JsonNode)CaseOf(result))]),
            ["rules"] = new JsonArray([.. report.Coverage.Select(rule => (JsonNode)RuleOf(rule))]),
        });
    }

    private static JsonObject CaseOf(CaseResult result) => new()
    {
        ["name"] = result.Case.Name,
        ["file"] = result.Case.File,
        ["line"] = result.Case.Line,
        ["passed"] = result.Passed,
        ["outcome"] = result.Answer.Outcome.Word(),
        ["reasons"] = new JsonArray([.. result.Answer.Rules.Select(rule => (JsonNode)rule)]),
        ["mismatches"] = new JsonArray([.. result.Mismatches.Select(mismatch => (JsonNode)mismatch)]),
    };

    private static JsonObject RuleOf(RuleCoverage rule) => new()
    {
        ["rule"] = rule.Rule.Name,
        ["kind"] = rule.Rule.Kind,
        ["file"] = rule.Rule.File,
        ["line"] = rule.Rule.Line,
        ["satisfied"] = rule.Satisfied,
        ["unsatisfied"] = rule.Unsatisfied,
        ["failed"] = rule.Failed,
        ["covered"] = rule.IsCovered,
    };

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
