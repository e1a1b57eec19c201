using System.Collections.Immutable;
using Writ.Governance.Agents;

namespace Writ.Governance.Controls;

/// <summary>The agent's side would let others ask it to work, or copy it; it holds once their side accepts.</summary>
public sealed record AgentConsentOffered(AgentId Agent, Guid Id, InvokeParty Who, DateTimeOffset ExpiresAt, string Reason) : ControlAction
{
    /// <summary>What for; null for work, as in every record from before there was another.</summary>
    public AgentRight? Right { get; init; }

    /// <summary>Of which skills; null for all of the agent's work.</summary>
    public ImmutableArray<string>? Skills { get; init; }
}
