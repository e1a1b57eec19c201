using System.Collections.Immutable;

namespace Writ.Governance.Policies.Testing;

/// <summary>What came of trying cases.</summary>
/// <param name="Snapshot">The digest of what was tried; of the first file where several were tried beside different bundles.</param>
/// <param name="Results">Every case, in the order of the files.</param>
/// <param name="Coverage">Every rule of every bundle.</param>
public sealed record TestReport(string Snapshot, ImmutableArray<CaseResult> Results, ImmutableArray<RuleCoverage> Coverage)
{
    public int Failed => Results.Count(result => !result.Passed);

    /// <summary>The reports of several files of cases as one, with the coverage of one bundle's rules.</summary>
    public static TestReport Join(IReadOnlyCollection<TestReport> reports, string bundle) => new(
        reports.First().Snapshot,
        [.. reports.SelectMany(report => report.Results)],
        [
            .. reports.SelectMany(report => report.Coverage)
                .Where(rule => rule.Rule.Name.StartsWith(bundle + "/", StringComparison.Ordinal))
                .GroupBy(rule => rule.Rule.Name, StringComparer.Ordinal)
                .Select(same => same.Aggregate((a, b) => new RuleCoverage(a.Rule, a.Satisfied + b.Satisfied, a.Unsatisfied + b.Unsatisfied, a.Failed + b.Failed))),
        ]);

    public IEnumerable<RuleCoverage> Uncovered => Coverage.Where(rule => !rule.IsCovered);
}
