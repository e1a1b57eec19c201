using System.Collections.Immutable;
using Writ.Governance.Agents;

namespace Writ.Server.Api;

/// <summary>The versions of an agent, by name, and which is deployed.</summary>
internal sealed record VersionList(string Deployed, ImmutableArray<AgentVersion> Versions)
{
    public static VersionList Of(Agent agent) => new(agent.Version, [.. agent.Versions.Values]);
}
