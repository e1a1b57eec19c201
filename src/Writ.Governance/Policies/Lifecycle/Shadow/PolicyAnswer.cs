using System.Collections.Immutable;
using Writ.Governance.Approvals;
using Writ.Governance.Decisions;

namespace Writ.Governance.Policies.Lifecycle.Shadow;

/// <summary>What policies answered, as far as two answers can differ for whoever acts or approves.</summary>
/// <param name="Outcome">The outcome; an approval that was there already is still one that was asked for.</param>
/// <param name="Terms">The limits, the approvals or the remedy; null where they are not known.</param>
/// <param name="Rules">The rules that decided.</param>
internal readonly record struct PolicyAnswer(Outcome Outcome, string? Terms, ImmutableArray<string> Rules)
{
    public static PolicyAnswer Of(GateResult result) => result switch
    {
        // Of what an approval lifted, the approval alone is left here, and not who had to give it.
        GateResult.Permitted { Approval: not null } permitted => new(Outcome.RequireApproval, null, permitted.Rules),
        GateResult.Permitted { Constraints.IsEmpty: true } permitted => new(Outcome.Allow, "", permitted.Rules),
        GateResult.Permitted permitted => new(Outcome.AllowWithConstraints, permitted.Constraints.ToString(), permitted.Rules),
        GateResult.Held held => new(Outcome.RequireApproval, string.Join("; ", held.Demand.Asks.Select(Words).Order(StringComparer.Ordinal)), held.Rules),
        GateResult.Remedied remedied => new(Outcome.Remediate, $"{remedied.Remedy.Tool} {remedied.Remedy.Arguments.Digest.ToHex()}", remedied.Rules),
        GateResult.Denied denied => new(Outcome.Deny, "", denied.Rules),
        _ => new(Outcome.Deny, "", []),
    };

    /// <summary>Whether nobody could tell the two apart.</summary>
    public bool Agrees(PolicyAnswer other) => Outcome == other.Outcome && (Terms is null || other.Terms is null || Terms == other.Terms);

    private static string Words(ApprovalAsk ask) =>
        $"{ask.Quorum} of {string.Join(", ", ask.Approvers.Select(rule => rule.ToString()).Order(StringComparer.Ordinal))} within {ask.Within}{(ask.NeedsEvidence ? " with evidence" : "")}";
}
