using Writ.Governance.Credentials;

namespace Writ.Gateways.Mcp.Governed;

/// <summary>An agent that the authenticator proved.</summary>
internal sealed record GovernedCaller(Caller.AgentCaller Proved) : McpCaller(Proved.Organization.Id.ToString(), Proved.KeyId);
