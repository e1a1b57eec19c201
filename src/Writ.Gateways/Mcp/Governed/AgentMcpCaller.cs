using Writ.Governance.Credentials;

namespace Writ.Gateways.Mcp.Governed;

/// <summary>A caller that the authenticator proved, with the registry as it stood at that moment.</summary>
internal sealed record AgentMcpCaller(Caller.AgentCaller Proved) : McpCaller(Proved.Organization.Id.ToString(), Proved.KeyId);
