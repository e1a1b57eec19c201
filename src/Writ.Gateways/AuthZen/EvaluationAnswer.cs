using Writ.Governance.Decisions;
using Writ.Governance.Policies.Constraints;
using Writ.Governance.Tools;

namespace Writ.Gateways.AuthZen;

/// <summary>A decision in AuthZEN's words.</summary>
internal static class EvaluationAnswer
{
    public static EvaluationResponse Of(Decision decision, ActionCall call)
    {
        var context = new EvaluationContext { Id = decision.Id.ToString(), Outcome = decision.Outcome.Word() };
        return decision switch
        {
            Decision.Permitted permitted => new EvaluationResponse(true, context with
            {
                Constraints = permitted.Constraints.IsEmpty ? null : [.. permitted.Constraints.Items.Select(c => c.ToString())],
                Obligations = permitted.Constraints.IsEmpty
                    ? null
                    : [.. permitted.Constraints.Items.Select(c => new EvaluationObligation(c.Kind, c.ToString(), !ConstraintKinds.HeldByWrit.Contains(c.Kind)))],
                Arguments = permitted.Arguments.Digest == call.Arguments.Digest ? null : permitted.Arguments.Value,
            }),
            Decision.Held held => Refused(
                context with
                {
                    Approval = held.Approval.ToString(),
                    ApprovalExpiresAt = held.ExpiresAt,
                    AccessRequest = new AccessRequestOffer(held.Approval.ToString(), $"{AuthZenEndpoints.AccessRequests}/{held.Approval}", held.ExpiresAt),
                },
                held.Refusal),
            Decision.Remedied remedied => Refused(
                context with { Remedy = new EvaluationRemedy(Tool.ActionNameOf(remedied.Remedy.Server, remedied.Remedy.Tool), remedied.Remedy.Arguments.Value) },
                remedied.Refusal),
            Decision.Denied denied => Refused(context, denied.Refusal),
            _ => throw new InvalidOperationException($"unknown decision {decision.GetType()}"),
        };
    }

    private static EvaluationResponse Refused(EvaluationContext context, Refusal refusal) => new(false, context with
    {
        Code = refusal.Reason.Code,
        Message = refusal.Reason.AgentMessage,
        Escalation = refusal.EscalationToken,
    });
}
