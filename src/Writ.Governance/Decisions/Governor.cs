using System.Collections.Immutable;
using System.Security.Cryptography;
using Writ.Governance.Agents;
using Writ.Governance.Approvals;
using Writ.Governance.Kills;
using Writ.Governance.Limits;
using Writ.Governance.Policies.Lifecycle;
using Writ.Governance.Records;

namespace Writ.Governance.Decisions;

/// <summary>
/// The one decision path. It walks the gates in order, makes the answer durable, and only then gives it to the door; if the ledger
/// cannot take it, the answer is a refusal. Nothing else in Writ decides. Thread safe.
/// </summary>
public sealed class Governor(
    ImmutableArray<IGate> gates,
    ApprovalBoard approvals,
    Reservations reservations,
    DispatchTable dispatches,
    DecisionEvidence evidence,
    Settlement settlement,
    KillSwitch kills,
    TimeProvider time,
    ITighteningGate? last = null,
    CandidateTrials? trials = null,
    ClockWatch? clock = null)
{
    private readonly GateWalk _gates = new(gates, last);

    /// <summary>
    /// Decides an action. When this returns, the decision is durable, or it is a refusal. It takes no cancellation: a decision that may
    /// have reached the ledger has to be known.
    /// </summary>
    /// <param name="request">The action.</param>
    /// <param name="enforcer">The key id of the enforcement point that will settle, or null when a door of Writ will.</param>
    public async ValueTask<Decision> DecideAsync(ActionRequest request, string? enforcer = null)
    {
        request = Assigned(request);
        var started = time.GetTimestamp();
        var walked = await _gates.CheckAsync(request);
        var walk = new Walk(request, enforcer, walked.Run, walked.Names, time.GetElapsedTime(started)) { Answers = walked.Answers };
        var decision = walked.Result switch
        {
            GateResult.Permitted permitted => await PermitAsync(walk, permitted),
            GateResult.Held held => await HoldAsync(walk, held),
            GateResult.Remedied remedied => await RemedyAsync(walk, remedied),
            GateResult.Denied denied => await DenyAsync(walk, denied),
            _ => await DenyAsync(walk, GateResult.Denied.Because(ReasonCodes.NoPolicyPermits, "no gate permitted the action")),
        };
        trials?.Observe(request, walked, decision);
        return decision;
    }

    /// <summary>What would be decided, and why. Asks only: nothing is consumed, reserved or recorded, and nobody outside Writ hears of it.</summary>
    public async ValueTask<Explanation> ExplainAsync(ActionRequest request)
    {
        var (result, run, names, _, notAsked) = await _gates.CheckAsync(Assigned(request), asking: false);
        if (result is GateResult.Permitted permitted && reservations.Exceeded(request, permitted) is { } beyond)
            result = beyond;
        var refused = result is not (GateResult.Passed or GateResult.Permitted);
        return new Explanation([.. names.Take(run).Select((name, index) => (name, !refused || index < run - 1))], result)
        {
            NotAsked = notAsked,
            FactsNotLookedUp = [.. request.Facts.LookedUp.Unanswered],
        };
    }

    /// <summary>The action with the policy that would decide it now: that of a canary, where it is in its share.</summary>
    public ActionRequest Assigned(ActionRequest request) => trials?.Assign(request) ?? request;

    private async ValueTask<Decision> PermitAsync(Walk walk, GateResult.Permitted permitted)
    {
        // What people granted until a time is no grant where nobody knows the time.
        if (permitted.Approval is not null && clock?.Obstacle is { } unsure)
            return await DenyAsync(walk, new GateResult.Denied(ReasonCodes.ClockUnsure, unsure, permitted.Rules));

        if (reservations.Take(walk.Request, permitted, out var taken) is { } exceeded)
            return await DenyAsync(walk, exceeded);
        if (permitted.Approval is { } grant && !approvals.TryConsume(grant.Id))
        {
            reservations.Return(taken!);
            return await DenyAsync(walk, new GateResult.Denied(ReasonCodes.ApprovalTaken, "another decision used the approval first", permitted.Rules));
        }

        var recorded = await evidence.RecordAsync(
            walk, permitted.Constraints.IsEmpty ? Outcome.Allow : Outcome.AllowWithConstraints, permitted.Rules,
            new DecisionDetails { Constraints = permitted.Constraints, Effective = permitted.EffectiveArguments, Ceiling = TaskCeilings.Of(walk.Request), Used = permitted.Approval });
        var receipt = recorded.Receipt;
        if (receipt.IsDurable)
        {
            var dispatch = dispatches.Open(walk.Request, walk.Enforcer, recorded);
            return IsKilled(walk.Request)
                ? await StopAsync(walk.Request, dispatch)
                : new Decision.Permitted(walk.Request.Id, dispatch, permitted.EffectiveArguments, permitted.Constraints);
        }

        if (receipt.Certain)
        {
            reservations.Return(taken!);
            if (permitted.Approval is { } unused)
                approvals.Return(unused.Id);
        }

        return await RefuseUnrecordedAsync(walk, receipt, permitted.Rules, NewEscalation());
    }

    private bool IsKilled(ActionRequest request) =>
        kills.IsKilled(request.Facts.Organization, request.Facts.Agent, request.Server, request.ToolName)
        || (request.Facts.Chain?.Verified is { } chain && chain.Tokens.Any(link =>
            link.Terms.Agent.TryGetAgent(out var id) && request.Organization.Agents.TryGetValue(new AgentId(id), out var above)
            && kills.IsKilled(request.Facts.Organization, above, request.Server, request.ToolName)));

    /// <summary>What was killed while its permission was recorded is not dispatched any more (law 9).</summary>
    private async ValueTask<Decision> StopAsync(ActionRequest request, Dispatch dispatch)
    {
        await settlement.SettleAsync(dispatch, new EffectReport(EffectStatus.NotDispatched, default, "killed"));
        return new Decision.Denied(request.Id, new Refusal(ReasonCodes.Killed, null));
    }

    private async ValueTask<Decision> HoldAsync(Walk walk, GateResult.Held held)
    {
        var proposed = Propose(walk.Request, held.Demand);
        var open = approvals.Open(proposed);
        if (open is null)
            return await DenyAsync(walk, new GateResult.Denied(ReasonCodes.TooManyHolds, $"the agent has {ApprovalBoard.MaxPendingPerAgent} requests open", held.Rules));
        if (open.State == ApprovalState.Rejected)
            return await DenyAsync(walk, new GateResult.Denied(ReasonCodes.ApprovalRejected, "the request was rejected", held.Rules));

        var escalation = NewEscalation();
        var (receipt, _, _) = await evidence.RecordAsync(
            walk, Outcome.RequireApproval, held.Rules,
            new DecisionDetails { Reason = ReasonCodes.ApprovalRequired, Held = open, Escalation = escalation });
        if (receipt.IsDurable)
            return new Decision.Held(walk.Request.Id, new Refusal(ReasonCodes.ApprovalRequired, escalation), open.Id, open.ExpiresAt);

        if (open.Id == proposed.Id)
            approvals.Withdraw(proposed);
        return await RefuseUnrecordedAsync(walk, receipt, held.Rules, escalation);
    }

    private async ValueTask<Decision> RemedyAsync(Walk walk, GateResult.Remedied remedied)
    {
        var escalation = NewEscalation();
        var (receipt, _, _) = await evidence.RecordAsync(
            walk, Outcome.Remediate, remedied.Rules,
            new DecisionDetails { Reason = ReasonCodes.SaferVariant, Remedy = remedied.Remedy, Escalation = escalation });
        return receipt.IsDurable
            ? new Decision.Remedied(walk.Request.Id, new Refusal(ReasonCodes.SaferVariant, escalation), remedied.Remedy)
            : await RefuseUnrecordedAsync(walk, receipt, remedied.Rules, escalation);
    }

    private async ValueTask<Decision> DenyAsync(Walk walk, GateResult.Denied denied)
    {
        var escalation = NewEscalation();
        var (receipt, _, _) = await evidence.RecordAsync(
            walk, Outcome.Deny, denied.Rules,
            new DecisionDetails { Reason = denied.Code, Detail = denied.Detail, Escalation = escalation });
        return new Decision.Denied(walk.Request.Id, new Refusal(receipt.IsDurable ? denied.Code : ReasonCodes.NotRecorded, escalation));
    }

    /// <summary>A decision that the ledger did not take is a refusal; one too long to be recorded is refused in a record that fits.</summary>
    private async ValueTask<Decision> RefuseUnrecordedAsync(Walk walk, RecordReceipt receipt, ImmutableArray<string> rules, string escalation) =>
        receipt.IsTooLong
            ? await DenyAsync(walk, new GateResult.Denied(ReasonCodes.RecordTooLong, receipt.Fault!, rules))
            : new Decision.Denied(walk.Request.Id, new Refusal(ReasonCodes.NotRecorded, escalation));

    private ApprovalRequest Propose(ActionRequest request, ApprovalDemand demand)
    {
        var now = time.GetUtcNow();
        return new ApprovalRequest
        {
            Id = ApprovalId.New(time),
            Organization = request.Facts.Organization,
            Decision = request.Id,
            Binding = demand.Binding,
            Subject = PayloadSubject.Of(request.Facts),
            Agent = request.Facts.Agent.Id,
            Requester = request.Facts.Task.StartedBy?.Value,
            ActionName = request.Tool!.ActionName,
            Asks = demand.Asks,
            RequestedAt = now,
            ExpiresAt = now + demand.Within,
        };
    }

    private static string NewEscalation() => "esc_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
}
