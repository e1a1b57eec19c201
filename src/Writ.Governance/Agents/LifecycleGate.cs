using Writ.Governance.Decisions;

namespace Writ.Governance.Agents;

/// <summary>Only an active agent acts, and only as the version that is deployed: where it says which it is, that has to be so.</summary>
public sealed class LifecycleGate : IGate
{
    public string Name => "lifecycle";

    public ValueTask<GateResult> CheckAsync(ActionRequest request, CancellationToken cancellation)
    {
        var (agent, claimed) = (request.Facts.Agent, request.Facts.Claims.AgentVersion ?? request.Facts.Task.Claims.AgentVersion);
        return ValueTask.FromResult(
            agent.Lifecycle != AgentLifecycle.Active ? GateResult.Denied.Because(ReasonCodes.AgentNotActive, $"the agent is {agent.Lifecycle.ToString().ToLowerInvariant()}")
            : claimed is not null && claimed != agent.Version
                ? GateResult.Denied.Because(ReasonCodes.VersionNotDeployed, agent.Versions.ContainsKey(claimed) ? $"it says it is version '{claimed}', which is not deployed" : "it says it is a version that nobody registered")
            : (GateResult)GateResult.Passed.Instance);
    }
}
