using System.Collections.Immutable;

namespace Writ.Server.Api;

/// <summary>A team to be created, with the people who are in it from the start.</summary>
internal sealed record TeamBody
{
    public required string Name { get; init; }

    public string? DisplayName { get; init; }

    public ImmutableArray<string> Members { get; init; } = [];
}
