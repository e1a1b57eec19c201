using System.Collections.Immutable;
using Writ.Cedar.Entities;
using Writ.Governance.Organizations;
using Writ.Governance.People;
using Writ.Governance.Policies.Typing;
using Writ.Governance.Registry;
using Writ.Governance.Tools;

namespace Writ.Governance.Policies.Linting;

/// <summary>
/// Finds what is wrong with a bundle though it can be read: everything that would keep it from being published, and then what Cedar does
/// not say. Stateless, thread safe.
/// </summary>
public static class Linter
{
    /// <summary>The findings, in the order of the text, the worst of a place first.</summary>
    /// <param name="archive">The bundle.</param>
    /// <param name="beside">Where it would be published: its tools and other bundles; null where nothing is known of them.</param>
    /// <param name="people">Who could approve; null where that is not known.</param>
    public static ImmutableArray<LintFinding> Lint(BundleArchive archive, OrganizationState? beside, ImmutableArray<Person>? people)
    {
        var problems = beside is null ? BundlePublication.Problems(archive) : BundlePublication.Problems(beside, archive);
        var tools = beside?.ServersBySlug.Values.SelectMany(server => server.Tools.Values).Where(tool => tool.Obstacle is null).ToImmutableArray() ?? [];
        var standing = Vocabulary.Standing(beside?.Id ?? OrganizationId.Parse("lint"), beside?.ServersBySlug.Values ?? Enumerable.Empty<Server>());
        var compilation = BundleCompilation.Of(archive);
        var subject = new LintSubject(
            compilation.Policies, tools, EntityStore.Create(standing) is EntityStoreResult.Built built ? built.Store : EntityStore.Empty, people)
        {
            Impossible = BundleTyping.Impossible(compilation.Policies, compilation.Facts, [.. beside?.ServersBySlug.Values ?? []]),
        };
        return
        [
            .. problems.Select(problem => new LintFinding("invalid", LintSeverity.Error, "", problem.File, problem.Line, problem.Column, problem.Message))
                .Concat(LevelChecks.Find(subject, archive.Manifest, beside))
                .Concat(FactChecks.Find(subject, compilation.Facts))
                .Concat(ReachChecks.Find(subject))
                .Concat(PairChecks.Find(subject))
                .Concat(ApproverChecks.Find(subject))
                .OrderBy(finding => finding.File, StringComparer.Ordinal)
                .ThenBy(finding => finding.Line)
                .ThenByDescending(finding => finding.Severity),
        ];
    }
}
