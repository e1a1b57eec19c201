using System.Collections.Immutable;
using Writ.Governance.Agents;

namespace Writ.Governance.Imports;

/// <summary>One agent of a list.</summary>
/// <param name="Agent">The draft.</param>
/// <param name="Line">Where it stands, counted from 1.</param>
public sealed record ImportedAgent(Agent Agent, int Line)
{
    /// <summary>What the list claims of it; null where nothing.</summary>
    public ImmutableSortedDictionary<string, string>? Claims { get; init; }
}
