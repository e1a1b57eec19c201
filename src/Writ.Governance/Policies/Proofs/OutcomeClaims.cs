using System.Collections.Frozen;
using System.Collections.Immutable;
using Writ.Cedar;
using Writ.Cedar.Analysis;
using Writ.Cedar.Authorization;
using Writ.Cedar.Entities;
using Writ.Cedar.Policies;
using Writ.Governance.NamedFacts;

namespace Writ.Governance.Policies.Proofs;

/// <summary>
/// The outcomes of a set of rules as claims. Each level is a permit that holds, forbids of which none holds, and others that may hold: level
/// 0 is ALLOW, level 1 also ALLOW_WITH_CONSTRAINTS, level 2 also REQUIRE_APPROVAL, level 3 all but DENY. A forbid that fails is in none.
/// </summary>
internal sealed class OutcomeClaims
{
    public const int Levels = 4;

    private readonly PolicySet _policies;
    private readonly FrozenDictionary<PolicyId, RuledPolicy> _ruled;

    private OutcomeClaims(ImmutableArray<RuledPolicy> rules, PolicySet policies, FactDeclarations facts)
    {
        (Rules, Facts) = (rules, facts);
        _policies = policies;
        _ruled = rules.ToFrozenDictionary(rule => rule.Policy.Id);
    }

    public ImmutableArray<RuledPolicy> Rules { get; }

    /// <summary>The facts that the bundles declare.</summary>
    public FactDeclarations Facts { get; }

    /// <summary>The rules of bundles that are published together; null and the problem where they could not be.</summary>
    public static OutcomeClaims? Of(IEnumerable<BundleArchive> bundles, out string? problem)
    {
        var compiled = BundleCompilation.Of(bundles);
        problem = compiled.SelectMany(bundle => bundle.Problems).FirstOrDefault()?.ToString();
        var facts = FactDeclarations.Join(compiled.Select(bundle => bundle.Facts), out var clash);
        if ((problem ??= clash) is not null)
            return null;
        ImmutableArray<RuledPolicy> rules = [.. compiled.SelectMany(bundle => bundle.Policies)];
        if (PolicySet.Create(rules.Select(rule => rule.Policy)).TryGet(out var set, out var diagnostics))
            return new OutcomeClaims(rules, set, facts);
        problem = diagnostics[0].ToString();
        return null;
    }

    public Claim Level(int level) => Claim.Both(
    [
        Claim.Either(Rules.Where(rule => rule.Policy.Effect == Effect.Permit).Select(rule => new Claim.Satisfied(rule.Policy))),
        .. Rules.Where(rule => rule.Policy.Effect == Effect.Forbid)
            .Select(rule => LevelOf(rule.Discharge) >= level ? new Claim.Unsatisfied(rule.Policy) : Claim.Evaluates(rule.Policy)),
    ]);

    public Verdict Decide(Request request, EntityStore entities)
    {
        var evaluation = Reference.Evaluate(_policies, request, entities);
        return VerdictFold.Fold(evaluation.Permits, evaluation.Forbids, evaluation.Errors, _ruled);
    }

    // The first level that no longer has the forbid, less one: up to it, the forbid may not hold.
    private static int LevelOf(Discharge discharge) => discharge switch
    {
        Discharge.ByConstraint => 0,
        Discharge.ByApproval or Discharge.ByUser => 1,
        Discharge.ByRemedy => 2,
        _ => 3,
    };
}
