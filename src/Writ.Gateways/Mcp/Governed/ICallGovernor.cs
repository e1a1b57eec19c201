using System.Collections.Immutable;
using Writ.Gateways.Mcp.Upstreams;
using Writ.Governance.Credentials;
using Writ.Governance.Delegation;
using Writ.Governance.Kills;
using Writ.Governance.Shadows;

namespace Writ.Gateways.Mcp.Governed;

/// <summary>
/// All that the MCP door asks of the rest of Writ: who calls, what it may see, whether a call may run, and where to record
/// what happened. Thread safe. Failures are answers; only bugs throw.
/// </summary>
public interface ICallGovernor
{
    /// <summary>The agent that a request proves, or null.</summary>
    McpCaller? Authenticate(PresentedCredential presented);

    /// <summary>The same caller with what it holds under the chain and within the task that its request came with; null where it came without.</summary>
    McpCaller Under(McpCaller caller, PresentedChain? chain, string? taskToken);

    /// <summary>Whether an address without a usable credential is answered in full once more.</summary>
    bool TryEnterUnauthenticated(string address);

    /// <summary>Takes note of a request that proved nobody, for people to see.</summary>
    void NoteUnknown(in Knock knock);

    /// <summary>Lets a request in; null when the caller or its organization asks too much at once. Disposed when it is over.</summary>
    IDisposable? TryEnter(McpCaller caller);

    /// <summary>Whether the caller has been given anything of a server. A server it was not given and one that does not exist look the same.</summary>
    bool Reaches(McpCaller caller, string server);

    /// <summary>
    /// The tools that the caller could be allowed to call, of one server or (null) of all it reaches. A server that does not
    /// answer adds nothing and hides nothing of the others.
    /// </summary>
    ValueTask<ImmutableArray<OfferedTool>> OfferAsync(McpCaller caller, string? server, CancellationToken cancellationToken);

    /// <summary>One of those tools, from what is known already; null when it is not among them.</summary>
    OfferedTool? Find(McpCaller caller, string server, string tool);

    /// <summary>Decides a call. It takes no cancellation: a decision that may have been recorded has to be known.</summary>
    ValueTask<CallDecision> DecideAsync(McpCaller caller, GovernedCall call);

    /// <summary>Begins a permitted call, so that a kill reaches it; null when it was killed meanwhile. Disposed when it is settled.</summary>
    LiveCall? Begin(McpCaller caller, GovernedCall call);

    /// <summary>Where a permitted call goes; null when its server cannot be used, or no longer runs in the isolation that the rules ask for.</summary>
    IUpstream? Upstream(McpCaller caller, string server, ResultRules rules);

    /// <summary>Settles what a permitted call owes, exactly once. Completes when the door may answer the agent.</summary>
    ValueTask SettleAsync(CallDecision.Permitted permitted, CallEffect effect);
}
