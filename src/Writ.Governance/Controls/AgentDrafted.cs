using System.Collections.Immutable;
using Writ.Governance.Agents;

namespace Writ.Governance.Controls;

/// <summary>An agent is known that nobody described by hand: a draft without any right, whatever it claims.</summary>
/// <param name="Agent">The draft; what is in it is said by people or by Writ.</param>
/// <param name="Source">How it came about.</param>
/// <param name="Reference">What it came from.</param>
public sealed record AgentDrafted(Agent Agent, AgentSource Source, string Reference) : ControlAction
{
    /// <summary>What it says of itself; null where nothing.</summary>
    public ImmutableSortedDictionary<string, string>? Claims { get; init; }

    /// <summary>The key pair it came with; null where it has none.</summary>
    public DraftKey? Key { get; init; }
}
