using System.Collections.Immutable;

namespace Writ.Server.Api;

/// <summary>One line of a list of agents: no grant, no visibility and no key stands in it.</summary>
internal sealed record ImportRow
{
    public required string Name { get; init; }

    public string Environment { get; init; } = "development";

    public string? Team { get; init; }

    public string? Owner { get; init; }

    public string? BackupOwner { get; init; }

    public string? Version { get; init; }

    public string? Model { get; init; }

    public string? Domain { get; init; }

    public int? Risk { get; init; }

    public int? Autonomy { get; init; }

    public int? Ring { get; init; }

    /// <summary>What else is said of it, such as where it was found: shown, and nothing decides by it.</summary>
    public ImmutableSortedDictionary<string, string>? Claims { get; init; }
}
