using Writ.Governance.Agents;

namespace Writ.Server.Api;

/// <summary>A key of an agent that a restore suspended.</summary>
internal sealed record SuspendedKeyView(string KeyId, AgentId Agent, string Name, DateTimeOffset ExpiresAt);
