using Writ.Governance.Approvals;
using Writ.Governance.Decisions;
using Writ.Governance.Limits;
using Writ.Governance.NamedFacts;
using Writ.Governance.Policies.Constraints;
using Writ.Governance.Policies.Remedies;
using Writ.Governance.Tools;

namespace Writ.Governance.Policies;

/// <summary>
/// Asks the snapshot. Constraints that change arguments are applied first and the changed action is judged once more; an approval that
/// fits exactly what would run discharges the forbids that asked for it; a remedy is judged before it is offered. Facts that the judging
/// turns out to need are looked up, where there is somebody to ask.
/// </summary>
public sealed class PolicyGate(ApprovalBoard approvals, ApprovalBinding binding, RateBook rates, FactLookups? lookups = null) : IGate
{
    internal const string GateName = "policy";

    public string Name => GateName;

    public ValueTask<GateResult> CheckAsync(ActionRequest request, CancellationToken cancellation) =>
        lookups is null ? ValueTask.FromResult(Check(request)) : lookups.DecideAsync(request, Check, cancellation);

    private GateResult Check(ActionRequest request)
    {
        var snapshot = request.Policy.Snapshot;
        var (verdict, arguments) = Settle(snapshot, request);
        switch (verdict.Outcome)
        {
            case Outcome.Deny:
                return new GateResult.Denied(verdict.Code!, verdict.Detail!, verdict.Rules);
            case Outcome.Remediate:
                return Offer(snapshot, request, verdict);
        }

        if (Unenforceable(request, verdict) is { } unenforceable)
            return new GateResult.Denied(ReasonCodes.ConstraintNotEnforceable, $"this door does not enforce {unenforceable.Kind}", verdict.Rules);
        if (verdict.Asks.IsEmpty)
            return new GateResult.Permitted(arguments, verdict.Constraints, null, verdict.Rules);

        var demand = new ApprovalDemand(binding.Of(request, arguments, snapshot.Digest, verdict.Asks), verdict.Asks);
        return approvals.Find(demand.Binding) is { State: ApprovalState.Approved } approved
            ? new GateResult.Permitted(arguments, verdict.Constraints, new ApprovalGrant(approved.Id, approved.ApprovedBy), verdict.Rules)
            : new GateResult.Held(demand, verdict.Rules) { EffectiveArguments = arguments };
    }

    /// <summary>The verdict on what would really run, held to the limits that are kept here or nowhere.</summary>
    private (Verdict Verdict, Arguments Arguments) Settle(Snapshot snapshot, ActionRequest request)
    {
        var (verdict, arguments) = Limit(snapshot, request);
        if (verdict.Outcome is Outcome.Deny or Outcome.Remediate)
            return (verdict, arguments);
        if (ConstraintCheck.Breach(verdict.Constraints, request, arguments) is { } breach)
            return (Verdict.Deny(breach.Code, breach.Detail, verdict.Rules), arguments);
        if (verdict.UserWithin is { } age && UserPresence.Missing(request.Facts, age) is { } missing)
            return (Verdict.Deny(ReasonCodes.UserNotFresh, missing, verdict.Rules), arguments);
        return rates.Exceeded(request, verdict.Constraints) is { } exceeded
            ? (Verdict.Deny(ReasonCodes.RateExceeded, exceeded, verdict.Rules), arguments)
            : (verdict, arguments);
    }

    /// <summary>The verdict once the limits on arguments are applied. Limits found on the way stay, also where the limited action no longer needs them.</summary>
    private static (Verdict Verdict, Arguments Arguments) Limit(Snapshot snapshot, ActionRequest request)
    {
        var tool = request.Tool!;
        var first = snapshot.Judge(request.Facts, tool, request.Arguments);
        if (first.Constraints.IsEmpty || first.Outcome is Outcome.Deny or Outcome.Remediate)
            return (first, request.Arguments);
        var user = request.Facts.Task.User?.Value;
        if (user is null && first.Constraints.Items.FirstOrDefault(c => c is Constraint.SubjectScope) is { } scope)
            return (Verdict.Deny(ReasonCodes.UserUnknown, $"nobody attested a user: {scope}", first.Rules), request.Arguments);
        if (ArgumentConstraints.Apply(first.Constraints, request.Arguments, user, out var obstacle) is not { } limited)
            return (Verdict.Deny(ReasonCodes.Forbidden, obstacle, first.Rules), request.Arguments);
        if (limited.Digest == request.Arguments.Digest)
            return (first, limited);
        if (tool.Input!.Validate(limited.Value) is { } violation)
            return (Verdict.Deny(ReasonCodes.ConstraintsConflict, $"the limited arguments break '{violation.Keyword}' of the input schema", first.Rules), limited);

        var second = snapshot.Judge(request.Facts, tool, limited);
        if (second.Outcome is Outcome.Deny or Outcome.Remediate)
            return (second, limited);
        var rules = first.Rules.Union(second.Rules).Order(StringComparer.Ordinal);
        if (ConstraintSet.Meet(first.Constraints.Items.Concat(second.Constraints.Items)) is not { } both
            || ArgumentConstraints.Apply(both, limited, user, out _)?.Digest != limited.Digest)
            return (Verdict.Deny(ReasonCodes.ConstraintsConflict, "limiting the arguments brings other limits into force", [.. rules]), limited);
        return (second with { Constraints = both, Rules = [.. rules], Outcome = second.Outcome == Outcome.Allow ? Outcome.AllowWithConstraints : second.Outcome }, limited);
    }

    private GateResult Offer(Snapshot snapshot, ActionRequest request, Verdict verdict)
    {
        foreach (var template in verdict.Remedies)
        {
            if (template.For(request.Server, request.ToolName, request.Arguments) is { } remedy && IsOpen(snapshot, request, remedy))
                return new GateResult.Remedied(remedy, verdict.Rules);
        }

        return new GateResult.Denied(ReasonCodes.Forbidden, $"{verdict.Detail}; no remedy would be permitted", verdict.Rules);
    }

    /// <summary>Whether the agent could really make the call that is offered to it, limited or after an approval as it may be.</summary>
    private bool IsOpen(Snapshot snapshot, ActionRequest request, Remedy remedy)
    {
        if (request.Organization.Tool(remedy.Server, remedy.Tool) is not { Obstacle: null } tool
            || !request.Facts.Agent.Grants.Any(g => g.Covers(remedy.Server, remedy.Tool))
            || tool.Input!.Validate(remedy.Arguments.Value) is not null)
            return false;
        var call = request with { Server = remedy.Server, ToolName = remedy.Tool, Tool = tool, Arguments = remedy.Arguments };
        var (verdict, _) = Settle(snapshot, call);
        return verdict.Outcome is not (Outcome.Deny or Outcome.Remediate) && Unenforceable(call, verdict) is null;
    }

    private static Constraint? Unenforceable(ActionRequest request, Verdict verdict) =>
        verdict.Constraints.IsEmpty ? null : verdict.Constraints.Items.FirstOrDefault(c => !request.Enforceable.Contains(c.Kind));
}
