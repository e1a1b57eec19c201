using System.Collections.Immutable;
using Writ.Governance.Imports;

namespace Writ.Governance.Controls;

/// <summary>Some of the agents of a list that somebody sent: drafts without any right.</summary>
/// <param name="Digest">SHA-256 of the whole list, in hexadecimal.</param>
/// <param name="Agents">The agents, as many as fit a record.</param>
public sealed record AgentsImported(string Digest, ImmutableArray<ImportedAgent> Agents) : ControlAction;
