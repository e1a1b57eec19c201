using Writ.Governance.Decisions;
using Writ.Governance.Registry;

namespace Writ.Governance.Agents;

/// <summary>
/// Work that a person asked for goes on only while that person may ask it of the agent: a consent that ended or was taken back, and a team
/// that somebody left, end it with the next call.
/// </summary>
public sealed class InvokeGate : IGate
{
    public string Name => "invoke";

    public ValueTask<GateResult> CheckAsync(ActionRequest request, CancellationToken cancellation) => ValueTask.FromResult(
        MayBeAsked(request.Organization, request.Facts)
            ? (GateResult)GateResult.Passed.Instance
            : GateResult.Denied.Because(ReasonCodes.NotInvocable, $"{request.Facts.Task.StartedBy!.Value}, who asked for this work, may not ask it of the agent, or not any more"));

    /// <summary>Whether whoever asked for the work, where somebody did, may ask it of the agent.</summary>
    internal static bool MayBeAsked(OrganizationState state, Facts facts) =>
        // Writ itself asks what its policies need to know, whoever asked for the work.
        facts.Door == Door.FactLookup || facts.Task.StartedBy is not { } starter
        || (state.People.TryGetValue(starter.Value, out var person) && AgentRights.MayInvoke(person, facts.Agent, facts.Time));
}
