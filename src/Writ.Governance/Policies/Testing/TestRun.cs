using System.Collections.Immutable;
using System.Text.Json;
using Writ.Governance.Policies.Explaining;

namespace Writ.Governance.Policies.Testing;

/// <summary>Tries cases against a world, and counts which rules they meet.</summary>
public static class TestRun
{
    public static async ValueTask<TestReport> RunAsync(TrialWorld world, IEnumerable<PolicyCase> cases)
    {
        var results = ImmutableArray.CreateBuilder<CaseResult>();
        var met = world.Rules.ToDictionary(rule => rule.Name, rule => new RuleCoverage(rule, 0, 0, 0), StringComparer.Ordinal);
        foreach (var tried in cases)
        {
            var answer = await world.DecideAsync(tried.Call);
            results.Add(new CaseResult(tried, answer, [.. tried.Expected.Mismatches(answer), .. Undeclared(world, tried.Call)]));
            foreach (var (rule, fate) in Fates(world, tried.Call, answer))
                met[rule] = Count(met[rule], fate);
        }

        return new TestReport(world.SnapshotDigest, results.ToImmutable(), [.. world.Rules.Select(rule => met[rule.Name])]);
    }

    /// <summary>Facts that are stated of sources that nobody declares: a misspelt one is never ignored.</summary>
    private static IEnumerable<string> Undeclared(TrialWorld world, TrialCall call) => call.LookedUp.ValueKind != JsonValueKind.Object ? [] :
        from member in call.LookedUp.EnumerateObject()
        where world.Snapshot.NamedFacts.Sources.All(source => source.Name != member.Name)
        select $"states the fact '{member.Name}', which no bundle declares as a source";

    /// <summary>Rules that a changed call meets are met as well: what runs is judged, too.</summary>
    private static IEnumerable<(string Rule, RuleFate Fate)> Fates(TrialWorld world, TrialCall call, TrialAnswer answer)
    {
        var fates = RuleExplainer.Fates(world.Snapshot, world.RequestOf(call));
        return answer is { Changed: true, Runs: { } changed }
            ? fates.Concat(RuleExplainer.Fates(world.Snapshot, world.RequestOf(call with { Arguments = changed }))).Distinct()
            : fates;
    }

    private static RuleCoverage Count(RuleCoverage rule, RuleFate fate) => fate switch
    {
        RuleFate.Satisfied => rule with { Satisfied = rule.Satisfied + 1 },
        RuleFate.Unsatisfied => rule with { Unsatisfied = rule.Unsatisfied + 1 },
        RuleFate.Failed => rule with { Failed = rule.Failed + 1 },
        _ => rule,
    };
}
