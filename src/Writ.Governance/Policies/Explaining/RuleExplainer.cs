using System.Collections.Immutable;
using Writ.Cedar.Authorization;
using Writ.Cedar.Entities;
using Writ.Cedar.Policies;
using Writ.Cedar.Values;
using Writ.Governance.Decisions;

namespace Writ.Governance.Policies.Explaining;

/// <summary>
/// Says how each rule of a snapshot fares with an action. It asks the very question the gate asks, by the reference evaluator: slow, and
/// for people.
/// </summary>
public static class RuleExplainer
{
    /// <summary>The fate of every rule, in the order of their names; empty where no policy would be asked.</summary>
    internal static ImmutableArray<(string Rule, RuleFate Fate)> Fates(Snapshot snapshot, ActionRequest request) =>
        [.. Ask(snapshot, request).Select(asked => (asked.Rule.Policy.Id.Value, asked.Fate))];

    /// <summary>
    /// The rules whose scope covers the action, with their clauses: first those that hold or failed, then the others, each in the order of
    /// their names. Empty where no policy would be asked.
    /// </summary>
    public static ImmutableArray<RuleExplanation> Explain(ActionRequest request) =>
        [.. Ask(request.Policy.Snapshot, request).Where(asked => asked.Miss is null).OrderBy(asked => asked.Fate == RuleFate.Unsatisfied).Select(Explain)];

    private static IEnumerable<Asked> Ask(Snapshot snapshot, ActionRequest request)
    {
        if (request.Tool is not { Obstacle: null } tool || snapshot.Inquire(request.Facts, tool, request.Arguments) is not { } inquiry)
            return [];
        var claimed = Fates(snapshot, inquiry.Request, inquiry.Entities);
        var bare = ReferenceEquals(inquiry.Request, inquiry.WithoutClaims) ? claimed : Fates(snapshot, inquiry.WithoutClaims, inquiry.Entities);
        return snapshot.Rules.Select(rule => Ask(rule, inquiry, claimed, bare));
    }

    /// <summary>A permit counts only where it holds with and without the claims, a forbid where it holds either way: what is shown is the one that decides.</summary>
    private static Asked Ask(RuledPolicy rule, Inquiry inquiry, Dictionary<PolicyId, RuleFate> claimed, Dictionary<PolicyId, RuleFate> bare)
    {
        if (Miss(rule.Policy, inquiry) is { } miss)
            return new Asked(rule, RuleFate.OutOfScope, inquiry.Request, inquiry, miss);
        var (with, without) = (claimed.GetValueOrDefault(rule.Policy.Id, RuleFate.Unsatisfied), bare.GetValueOrDefault(rule.Policy.Id, RuleFate.Unsatisfied));
        var showClaimed = rule.Policy.Effect == Effect.Permit ? without == RuleFate.Satisfied : with != RuleFate.Unsatisfied;
        return new Asked(rule, showClaimed ? with : without, showClaimed ? inquiry.Request : inquiry.WithoutClaims, inquiry, null);
    }

    /// <summary>The rules that are satisfied or failed.</summary>
    private static Dictionary<PolicyId, RuleFate> Fates(Snapshot snapshot, Request request, EntityStore entities)
    {
        var evaluation = Reference.Evaluate(snapshot.Policies, request, entities);
        var fates = evaluation.Permits.Concat(evaluation.Forbids).ToDictionary(policy => policy.Id, _ => RuleFate.Satisfied);
        foreach (var error in evaluation.Errors)
            fates[error.Policy.Id] = RuleFate.Failed;
        return fates;
    }

    private static string? Miss(Policy policy, Inquiry inquiry) =>
        !ScopeMatch.Covers(policy.Principal, inquiry.Request.Principal, inquiry.Entities) ? "principal"
        : !ScopeMatch.Covers(policy.Action, inquiry.Request.Action, inquiry.Entities) ? "action"
        : !ScopeMatch.Covers(policy.Resource, inquiry.Request.Resource, inquiry.Entities) ? "resource"
        : null;

    private static RuleExplanation Explain(Asked asked)
    {
        var policy = asked.Rule.Policy;
        var clauses = ImmutableArray.CreateBuilder<ClauseExplanation>();
        var settled = false;
        foreach (var clause in Clause.Of(policy))
        {
            var value = Reference.ValueOf(clause.Expression, asked.Request, asked.Inquiry.Entities, out var fault);
            var fate = value is BoolValue known ? known.Value == clause.Wanted ? ClauseFate.Holds : ClauseFate.Misses
                : settled ? ClauseFate.NotAsked
                : ClauseFate.Failed;
            settled |= fate != ClauseFate.Holds;
            var at = clause.Expression.Position;
            clauses.Add(new ClauseExplanation(
                clause.AsTrue.ToString(), at.Line, at.Column, fate, fate == ClauseFate.Failed ? fault ?? "is not a truth value" : null,
                ClauseReads.Of(clause.Expression, asked.Request, asked.Inquiry.Entities),
                fate is ClauseFate.Holds or ClauseFate.Misses ? ClauseChange.Of(clause, fate == ClauseFate.Misses) : null));
        }

        return new RuleExplanation(asked.Rule.Summary, asked.Fate, policy.Annotations.Find("reason"), clauses.ToImmutable());
    }

    private readonly record struct Asked(RuledPolicy Rule, RuleFate Fate, Request Request, Inquiry Inquiry, string? Miss);
}
