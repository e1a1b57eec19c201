using Writ.Governance.Decisions;

namespace Writ.Governance.Agents;

/// <summary>Only an active agent acts.</summary>
public sealed class LifecycleGate : IGate
{
    public string Name => "lifecycle";

    public ValueTask<GateResult> CheckAsync(ActionRequest request, CancellationToken cancellation) =>
        ValueTask.FromResult<GateResult>(request.Facts.Agent.Lifecycle == AgentLifecycle.Active
            ? GateResult.Passed.Instance
            : GateResult.Denied.Because(ReasonCodes.AgentNotActive, $"the agent is {request.Facts.Agent.Lifecycle.ToString().ToLowerInvariant()}"));
}
