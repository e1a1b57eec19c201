using Writ.Governance.Credentials;
using Writ.Governance.Delegation;
using Writ.Governance.Tasks;

namespace Writ.Gateways.Mcp.Governed;

/// <summary>An agent that the authenticator proved, with the chain and the task that its request came with.</summary>
/// <param name="Proved">The agent, in the registry as it stood then.</param>
/// <param name="Chain">The chain; null where none came.</param>
/// <param name="TaskToken">The token of the task; null where none came.</param>
/// <param name="Task">The task that it names, looked up once for the whole request; null where it names none. Whether a call is in it is asked anew.</param>
internal sealed record GovernedCaller(Caller.AgentCaller Proved, PresentedChain? Chain = null, string? TaskToken = null, TaskStanding? Task = null)
    : McpCaller(Proved.Organization.Id.ToString(), Proved.KeyId);
