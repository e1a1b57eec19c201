namespace Writ.Governance.Agents;

/// <summary>What control actions about versions make of an agent.</summary>
internal static class VersionChanges
{
    /// <summary>The agent as it was registered: with the one version that it was described with.</summary>
    public static Agent WithFirstVersion(this Agent agent) =>
        agent with { Versions = agent.Versions.Add(agent.Version, new AgentVersion { Name = agent.Version, Model = agent.Model }) };

    public static Agent Register(this Agent agent, AgentVersion version) =>
        version.Problem is { } problem ? throw new InvalidDataException(problem)
        : agent.Versions.ContainsKey(version.Name) ? throw new InvalidDataException($"agent {agent.Id} had a version '{version.Name}' before: a version never changes")
        : agent.Versions.Count >= AgentVersion.MostOfAnAgent ? throw new InvalidDataException($"an agent has at most {AgentVersion.MostOfAnAgent} versions")
        : agent with { Versions = agent.Versions.Add(version.Name, version) };

    public static Agent Deploy(this Agent agent, string name) =>
        agent.Versions.TryGetValue(name, out var version)
            ? agent with { Version = version.Name, Model = version.Model }
            : throw new InvalidDataException($"agent {agent.Id} has no version '{name}'");
}
