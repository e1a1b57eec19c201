using Writ.Governance.Credentials;
using Writ.Governance.Delegation;

namespace Writ.Gateways.Mcp.Governed;

/// <summary>An agent that the authenticator proved, with the chain and the task token that its request came with.</summary>
internal sealed record GovernedCaller(Caller.AgentCaller Proved, PresentedChain? Chain = null, string? TaskToken = null) : McpCaller(Proved.Organization.Id.ToString(), Proved.KeyId);
