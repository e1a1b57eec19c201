using System.Collections.Immutable;
using Writ.Governance.Agents;
using Writ.Governance.Policies.Testing;

namespace Writ.Cli.Policies.Cases;

/// <summary>A file of cases, read.</summary>
/// <param name="File">Its path.</param>
/// <param name="Servers">The tools that its calls use.</param>
/// <param name="Principals">The agents that make them, by name.</param>
/// <param name="Beside">Folders of bundles that hold beside the tested one.</param>
/// <param name="Cases">The cases, in their order.</param>
internal sealed record CaseSet(
    string File,
    ImmutableArray<TrialServer> Servers,
    ImmutableSortedDictionary<string, Agent> Principals,
    ImmutableArray<string> Beside,
    ImmutableArray<PolicyCase> Cases);
