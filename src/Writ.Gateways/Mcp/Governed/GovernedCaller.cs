using Writ.Governance.Credentials;
using Writ.Governance.Delegation;

namespace Writ.Gateways.Mcp.Governed;

/// <summary>An agent that the authenticator proved, with the chain that its request came with.</summary>
internal sealed record GovernedCaller(Caller.AgentCaller Proved, PresentedChain? Chain = null) : McpCaller(Proved.Organization.Id.ToString(), Proved.KeyId);
