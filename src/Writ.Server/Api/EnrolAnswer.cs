using Writ.Governance.Agents;

namespace Writ.Server.Api;

/// <summary>What became of an agent that introduced itself.</summary>
internal sealed record EnrolAnswer(AgentId Agent, string Name, AgentLifecycle Lifecycle, string SpiffeId, string? Credential);
