using Writ.Governance.Decisions;

namespace Writ.Governance.Agents;

/// <summary>
/// Work that a person asked for goes on only while that person may ask it of the agent: a consent that ended or was taken back, and a team
/// that somebody left, end it with the next call.
/// </summary>
public sealed class InvokeGate : IGate
{
    public string Name => "invoke";

    public ValueTask<GateResult> CheckAsync(ActionRequest request, CancellationToken cancellation) => ValueTask.FromResult(
        // Writ itself asks what its policies need to know, whoever asked for the work.
        request.Facts.Door != Door.FactLookup && request.Facts.Task.StartedBy is { } starter && request.Organization.People.TryGetValue(starter.Value, out var person)
        && !AgentRights.MayInvoke(person, request.Facts.Agent, request.Facts.Time)
            ? GateResult.Denied.Because(ReasonCodes.NotInvocable, $"{starter.Value}, who asked for this work, may not ask it of the agent, or not any more")
            : (GateResult)GateResult.Passed.Instance);
}
