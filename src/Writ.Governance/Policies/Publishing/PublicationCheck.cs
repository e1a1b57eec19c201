using Writ.Governance.NamedFacts;
using Writ.Governance.Policies.Proofs;
using Writ.Governance.Registry;

namespace Writ.Governance.Policies.Publishing;

/// <summary>
/// Whether a bundle is looser than the policies that hold: what every way to become active asks. Always answers, in bounded time: what is
/// too large or takes too long to be proved stays unproved, which asks for a second person. Stateless, thread safe.
/// </summary>
public static class PublicationCheck
{
    /// <summary>How long the search for a proof may take, give or take one question about one tool.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    /// <summary>The most rules, of both sides together, that are compared call by call.</summary>
    public const int MaxRules = 2_000;

    private const int StepsPerQuestion = 50_000;

    /// <summary>Compares the active bundles with what they would be with this one among them.</summary>
    /// <param name="organization">What holds, and which tools there are.</param>
    /// <param name="archive">A bundle without problems.</param>
    /// <param name="time">Measures the search.</param>
    public static PublicationFinding Compare(OrganizationState organization, BundleArchive archive, TimeProvider time)
    {
        if (organization.Bundles.IsEmpty)
            return PublicationFinding.Of(Looseness.First, "no policy holds yet, so that everything is denied: whatever this bundle permits is new");
        BundleArchive[] before = [.. organization.Bundles.Values.Select(bundle => bundle.Archive)];
        BundleArchive[] after = [.. organization.Bundles.Values.Where(bundle => bundle.Name != archive.Manifest.Name).Select(bundle => bundle.Archive), archive];
        // A rule that stays as it is may still say more where a table that it looks up does.
        _ = FactDeclarations.Join(before.Concat(after).Select(bundle => BundleCompilation.Of(bundle).Facts), out var change);
        if (change is not null)
            return PublicationFinding.Of(Looseness.Unproved, $"{change}: what a fact says is not followed");
        if (Monotony.Proves(after, before, out var rules))
            return PublicationFinding.Of(Looseness.NotLooser, "every forbid stays as it is, and no permit is new");
        if (rules > MaxRules)
            return PublicationFinding.Of(Looseness.Unproved, $"{rules} rules are too many to be compared call by call; at most {MaxRules} are");
        using var end = new CancellationTokenSource(Longest, time);
        return Prover.NotLooser(after, before, organization, StepsPerQuestion, end: end.Token) switch
        {
            ProofAnswer.Proved proved => PublicationFinding.Of(Looseness.NotLooser, $"proved by {proved.Method} of every call there could be"),
            ProofAnswer.Refuted refuted => PublicationFinding.Of(Looseness.Looser, InWords(refuted.Example)),
            ProofAnswer.Unknown unknown => PublicationFinding.Of(Looseness.Unproved, unknown.Reason),
            ProofAnswer.Invalid invalid => PublicationFinding.Of(Looseness.Unproved, invalid.Problem),
            _ => throw new InvalidOperationException("unknown answer"),
        };
    }

    private static string InWords(ProofExample example)
    {
        var change = example.Before == example.Outcome
            ? $"stays {example.Outcome} with less asked of it"
            : $"is {example.Before} now and would be {example.Outcome}";
        var rules = example.Rules.Count == 0 ? "" : $" (rules: {string.Join(", ", example.Rules.Take(8))})";
        return $"a call of {Name(example.Action)} {change}{rules}; for example by an agent {example.Attributes} in the context {example.Context}";
    }

    private static string Name(string action) => action.Split('"') is [_, var name, _] ? name : action;
}
