using System.Text.Json.Nodes;
using Writ.Cli.Ledgers;

namespace Writ.Cli.Demo;

/// <summary>Holds Writ's decisions against the desk's own log, and the ledger against itself and its signed checkpoints.</summary>
internal static class DemoChecks
{
    private static readonly string[] AllOutcomes = ["ALLOW", "ALLOW_WITH_CONSTRAINTS", "REQUIRE_APPROVAL", "REMEDIATE", "DENY"];

    public static IReadOnlyList<DemoCheck> Of(IReadOnlyList<DemoStep> steps, IReadOnlyList<DeskCall> calls, InstallationVerification ledger)
    {
        var permitted = steps.Where(s => s.IsPermitted).ToArray();
        var met = steps.Select(s => s.Outcome).ToHashSet();
        var missing = AllOutcomes.Where(o => !met.Contains(o)).ToArray();
        var executedAsDecided = permitted.Select(s => s.Wanted.Tool).SequenceEqual(calls.Select(c => c.Tool));
        var unchanged = permitted.Zip(calls).Where(p => p.First.Outcome == "ALLOW").All(p => p.Second.Is(p.First.Wanted));
        var limited = permitted.Zip(calls).Where(p => p.First.Outcome == "ALLOW_WITH_CONSTRAINTS").ToArray();
        var refused = steps.Where(s => !s.IsPermitted).ToArray();
        var unsettled = permitted.Where(s => s.Decision?.EffectRecord?.Status != "executed").ToArray();
        return
        [
            new("all five outcomes were met", missing.Length == 0, missing.Length == 0 ? $"in {steps.Count} steps" : $"missing: {string.Join(", ", missing)}"),
            new("the desk executed what was permitted, in that order, and nothing else", executedAsDecided, $"{permitted.Length} permitted, {calls.Count} in the desk's log"),
            new("what was allowed ran with the agent's own arguments", unchanged, $"{permitted.Length - limited.Length} calls compared"),
            new("what was limited ran with the limit", limited.Length > 0 && limited.All(p => !JsonNode.DeepEquals(p.First.Wanted.Arguments, p.Second.Arguments)),
                string.Join(", ", limited.Select(p => $"{p.First.Wanted.Tool} {Difference(p.First.Wanted.Arguments, p.Second.Arguments)}"))),
            new("nothing that was refused or held reached the desk", refused.All(s => s.Executed is null && calls.Count(c => c.Is(s.Wanted)) <= permitted.Count(p => SameCall(p, s))), $"{refused.Length} calls"),
            new("every permitted call has its effect on record", unsettled.Length == 0, $"{permitted.Length - unsettled.Length} of {permitted.Length} executed"),
            new("the ledger is sound and signed for whole", ledger.IsSound && ledger.IsSignedForWhole, $"{ledger.Records} records re-read and checked against the signed checkpoints"),
        ];
    }

    /// <summary>A held call is made again with the same words, and then may run once for each time it was permitted.</summary>
    private static bool SameCall(DemoStep one, DemoStep other) =>
        one.Wanted.Tool == other.Wanted.Tool && JsonNode.DeepEquals(one.Wanted.Arguments, other.Wanted.Arguments);

    private static string Difference(JsonObject wanted, JsonObject ran) =>
        string.Join(", ", ran.Where(a => !JsonNode.DeepEquals(a.Value, wanted[a.Key])).Select(a => $"{a.Key} {wanted[a.Key]?.ToJsonString() ?? "none"} → {a.Value?.ToJsonString()}"));
}
