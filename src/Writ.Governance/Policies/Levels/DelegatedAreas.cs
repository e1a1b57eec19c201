using System.Collections.Immutable;
using Writ.Cedar.Expressions;
using Writ.Cedar.Policies;
using Writ.Governance.Agents;
using Writ.Governance.Organizations;

namespace Writ.Governance.Policies.Levels;

/// <summary>
/// Where permits of lower levels count: inside what active bundles of a higher level delegated, a team's delegation inside what the team was
/// itself delegated. A permit of the organization counts everywhere. Immutable.
/// </summary>
internal sealed class DelegatedAreas
{
    private readonly ImmutableArray<(BundleHolder Holder, ImmutableArray<AreaDelegation> Delegates)> _delegating;

    /// <param name="active">The manifests of all bundles that hold together.</param>
    public DelegatedAreas(IEnumerable<BundleManifest> active) =>
        _delegating =
        [
            .. from manifest in active
               where manifest.Delegates is { IsDefaultOrEmpty: false } && !LevelProblems.Of(manifest).Any()
               select (BundleHolder.Of(manifest, out _)!, manifest.Delegates!.Value),
        ];

    /// <summary>A rule as it counts beside the other bundles.</summary>
    public PolicyBody Limit(BundleHolder holder, PolicyBody body) =>
        body.Effect == Effect.Permit && holder is not BundleHolder.Everybody
            ? LevelScope.Where(body, Of(holder) ?? new LiteralExpr(Cedar.Values.BoolValue.False))
            : body;

    /// <summary>Whether a lower level was delegated anything at all.</summary>
    public bool Any(BundleHolder holder) => holder is BundleHolder.Everybody || Of(holder) is not null;

    /// <summary>The condition of being inside the area; null where there is none.</summary>
    private Expr? Of(BundleHolder holder) => holder switch
    {
        BundleHolder.OneTeam team => Area(OfOrganization("team", team.ToString())),
        BundleHolder.OneAgent agent => Either(
            [Area(OfOrganization("agent", agent.ToString())), .. _delegating.Select(d => d.Holder).OfType<BundleHolder.OneTeam>().Distinct().Select(team => Through(team, agent))]),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>What a team delegated to an agent of its own, inside what the team was delegated.</summary>
    private BinaryExpr? Through(BundleHolder.OneTeam team, BundleHolder.OneAgent agent)
    {
        var given = ActionsTo(d => d == team, "agent", agent.ToString());
        return Area(given) is { } area && Of(team) is { } outer ? And(LevelScope.PrincipalIn(Vocabulary.Team(team.Team)), And(area, outer)) : null;
    }

    private ImmutableArray<string> OfOrganization(string all, string one) => ActionsTo(holder => holder is BundleHolder.Everybody, all, one);

    /// <summary>Sorted, so that the order of bundles says nothing.</summary>
    private ImmutableArray<string> ActionsTo(Func<BundleHolder, bool> from, string all, string one) =>
        [.. _delegating.Where(d => from(d.Holder)).SelectMany(d => d.Delegates).Where(d => d.To == all || d.To == one).SelectMany(d => d.Actions).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static Expr? Area(ImmutableArray<string> actions) => actions.IsEmpty ? null : LevelScope.ActionIn(actions);

    /// <summary>Any of the areas, as a balanced tree: there may be as many as there are teams, and no expression is that high.</summary>
    private static Expr? Either(IEnumerable<Expr?> areas)
    {
        var known = areas.OfType<Expr>().ToArray();
        return known.Length == 0 ? null : Join(known);

        static Expr Join(ReadOnlySpan<Expr> some) =>
            some.Length == 1 ? some[0] : new BinaryExpr(BinaryOperator.Or, Join(some[..(some.Length / 2)]), Join(some[(some.Length / 2)..]));
    }

    private static BinaryExpr And(Expr left, Expr right) => new(BinaryOperator.And, left, right);
}
