using System.Collections.Immutable;
using Writ.Governance.People;

namespace Writ.Governance.Approvals;

/// <summary>What one approval forbid asks for. Each satisfied forbid needs its own discharge by its own approvers.</summary>
/// <param name="Policy">The id of the forbid that asks.</param>
/// <param name="Approvers">Any of these may approve.</param>
/// <param name="Quorum">How many different people have to, at least 1.</param>
/// <param name="Within">How long the request stays open.</param>
/// <param name="Reason">Why it asks, from the policy, for people.</param>
public sealed record ApprovalAsk(string Policy, ImmutableArray<ApproverRule> Approvers, int Quorum, TimeSpan Within, string? Reason)
{
    /// <summary>Whether an approval counts only with evidence attached to it. False where the policy does not say.</summary>
    public bool NeedsEvidence { get; init; }

    /// <summary>Whether a person may discharge it: nobody who has left, whatever they answered before.</summary>
    public bool Admits(Person person) => person.IsHere && Approvers.Any(rule => rule.Admits(person));
}
