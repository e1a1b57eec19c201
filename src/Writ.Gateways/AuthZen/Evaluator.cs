using System.Collections.Immutable;
using Writ.Governance.Credentials;
using Writ.Governance.Decisions;
using Writ.Governance.Delegation;

namespace Writ.Gateways.AuthZen;

/// <summary>Has evaluations decided by the governor. Thread safe.</summary>
internal sealed class Evaluator(ActionIntake intake, Governor governor)
{
    public async Task<Evaluated> EvaluateAsync(Caller.EnforcementPointCaller caller, EvaluationRequest request, string task, TraceParent? trace, PresentedChain? chain)
    {
        if (EvaluationReading.Read(request, caller, task, out var obstacle) is not { } call)
            return new Evaluated.Refused(400, ReasonCodes.RequestUnreadable, obstacle);
        var (action, refusal) = await intake.MakeAsync(call with { Trace = trace, Chain = chain });
        if (action is null)
            return new Evaluated.Refused(refusal == ReasonCodes.NotRecorded ? 503 : 403, refusal!, refusal!.AgentMessage);
        var decision = await governor.DecideAsync(action, enforcer: caller.KeyId);
        return new Evaluated.Answered(EvaluationAnswer.Of(decision, call));
    }

    /// <summary>
    /// The evaluations in their order, each with the request's own members where it has none (section 7.1.1), as far as the semantic goes
    /// (section 7.1.2). One that cannot be evaluated is a refusal that says so; the others are decided all the same.
    /// </summary>
    public async Task<EvaluationsResponse> EvaluateAllAsync(Caller.EnforcementPointCaller caller, EvaluationsRequest request, string task, TraceParent? trace, PresentedChain? chain)
    {
        var semantic = request.Options?.EvaluationsSemantic ?? EvaluationsSemantic.ExecuteAll;
        var answers = ImmutableArray.CreateBuilder<EvaluationResponse>();
        foreach (var item in request.Evaluations!.Value)
        {
            var answer = request.Complete(item) is { } whole
                ? await EvaluateAsync(caller, whole, task, trace, chain)
                : new Evaluated.Refused(400, ReasonCodes.RequestUnreadable, "subject, action and resource are needed, here or for all evaluations");
            var response = answer switch
            {
                Evaluated.Answered answered => answered.Response,
                Evaluated.Refused refused => new EvaluationResponse(
                    false, new EvaluationContext { Code = refused.Code.Code, Error = new EvaluationFailure(refused.Status, refused.Detail) }),
                _ => throw new System.Diagnostics.UnreachableException(),
            };
            answers.Add(response);
            if (response.Decision ? semantic == EvaluationsSemantic.PermitOnFirstPermit : semantic == EvaluationsSemantic.DenyOnFirstDeny)
                break;
        }

        return new EvaluationsResponse(answers.ToImmutable());
    }
}
