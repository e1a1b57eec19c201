using Writ.Governance.Decisions;
using Writ.Governance.Delegation;

namespace Writ.Governance.Limits;

/// <summary>
/// What permitted calls take of everything that is counted: the links of their chain, the ceiling of their task, their rates. A call takes all of
/// it or nothing, once, and never where somebody only asks; it is given back only where the decision was certainly not recorded. Thread safe.
/// </summary>
public sealed class Reservations(RateBook rates, TaskCeilings ceilings, DelegationBook delegations)
{
    /// <summary>What would refuse a call that the gates permit; null when nothing would. Takes nothing.</summary>
    internal GateResult.Denied? Exceeded(ActionRequest request, GateResult.Permitted permitted) =>
        ceilings.Exceeded(request, permitted.EffectiveArguments) is { } beyond ? beyond with { Rules = permitted.Rules } : null;

    /// <summary>Takes everything, or nothing: then why.</summary>
    internal GateResult.Denied? Take(ActionRequest request, GateResult.Permitted permitted, out Reservation? taken)
    {
        taken = null;
        var arguments = permitted.EffectiveArguments;
        if (delegations.Take(request, arguments) is { } usedUp)
            return usedUp with { Rules = permitted.Rules };
        if (ceilings.Take(request, arguments) is { } beyond)
        {
            delegations.Return(request, arguments);
            return beyond with { Rules = permitted.Rules };
        }

        if (rates.Reserve(request, permitted.Constraints, out var exceeded) is not { } reserved)
        {
            ceilings.Return(request, arguments);
            delegations.Return(request, arguments);
            return new GateResult.Denied(ReasonCodes.RateExceeded, exceeded!, permitted.Rules);
        }

        taken = new Reservation(request, arguments, reserved);
        return null;
    }

    /// <summary>Gives everything back.</summary>
    internal void Return(Reservation taken)
    {
        rates.Return(taken.Rates);
        ceilings.Return(taken.Request, taken.Arguments);
        delegations.Return(taken.Request, taken.Arguments);
    }
}
