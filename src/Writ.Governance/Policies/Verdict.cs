using System.Collections.Immutable;
using Writ.Governance.Approvals;
using Writ.Governance.Decisions;
using Writ.Governance.Policies.Constraints;
using Writ.Governance.Policies.Remedies;

namespace Writ.Governance.Policies;

/// <summary>What the policies say about one action with one set of arguments; nothing has been applied, looked up or consumed.</summary>
/// <param name="Outcome">The outcome by the discharges of the satisfied forbids.</param>
/// <param name="Rules">The policies that decided, sorted.</param>
/// <param name="Code">Why, where the outcome refuses.</param>
/// <param name="Detail">Why, for people.</param>
/// <param name="Asks">What the satisfied approval forbids ask for.</param>
/// <param name="Constraints">What the satisfied constraint forbids demand; applies under an approval too.</param>
/// <param name="Remedies">What the satisfied remediation forbids offer.</param>
internal sealed record Verdict(
    Outcome Outcome,
    ImmutableArray<string> Rules,
    ReasonCode? Code,
    string? Detail,
    ImmutableArray<ApprovalAsk> Asks,
    ConstraintSet Constraints,
    ImmutableArray<RemedyTemplate> Remedies)
{
    /// <summary>How lately the user has to have authenticated, where a satisfied forbid asks for that; the shortest of all.</summary>
    public TimeSpan? UserWithin { get; init; }

    public static Verdict Deny(ReasonCode code, string detail, ImmutableArray<string> rules) =>
        new(Outcome.Deny, rules, code, detail, [], ConstraintSet.Empty, []);
}
