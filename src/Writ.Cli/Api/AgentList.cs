namespace Writ.Cli.Api;

/// <summary>The agents of an organization.</summary>
internal sealed record AgentList(IReadOnlyList<AgentView> Agents);
