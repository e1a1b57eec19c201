using System.Collections.Immutable;
using Writ.Governance.People;

namespace Writ.Server.Api;

/// <summary>Capabilities to be given or taken: everywhere, or for the agents of one team.</summary>
internal sealed record CapabilitiesBody
{
    public required ImmutableArray<PersonCapability> Capabilities { get; init; }

    public required string Reason { get; init; }

    public string? Team { get; init; }
}
