using System.Collections.Immutable;
using Writ.Governance.Agents;

namespace Writ.Server.Api;

/// <summary>An agent as the API shows it.</summary>
internal sealed record AgentView(
    AgentId Id, string Name, string Team, string Owner, string? BackupOwner, string Version, string Model, string Environment, string Domain,
    AgentLifecycle Lifecycle, AgentVisibility Visibility, int Risk, int Autonomy, int Ring, int Trust, ImmutableArray<string> Grants)
{
    public static AgentView Of(Agent agent) => new(
        agent.Id, agent.Name, agent.Team.ToString(), agent.Owner.ToString(), agent.BackupOwner?.ToString(), agent.Version, agent.Model,
        agent.Environment, agent.Domain, agent.Lifecycle, agent.Visibility, agent.Risk, agent.Autonomy, agent.Ring, agent.Trust,
        [.. agent.Grants.Select(g => g.ToString())]);
}
