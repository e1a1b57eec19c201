using System.Collections.Immutable;
using Writ.Governance.People;

namespace Writ.Server.Api;

/// <summary>A person to be added.</summary>
internal sealed record PersonBody
{
    public required string Name { get; init; }

    public string? DisplayName { get; init; }

    public ImmutableArray<PersonCapability> Capabilities { get; init; } = [];

    public ImmutableArray<string> Teams { get; init; } = [];
}
