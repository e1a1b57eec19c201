using System.Collections.Immutable;

namespace Writ.Server.Api;

/// <summary>A version of an agent to be registered. The tools it has are Writ's to say: what the agent is granted, as it is pinned.</summary>
internal sealed record VersionBody
{
    public required string Name { get; init; }

    public string? Provider { get; init; }

    public string? Model { get; init; }

    public ImmutableSortedDictionary<string, string> Parameters { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>SHA-256 of the prompt's bytes, in lower-case hexadecimal.</summary>
    public string? PromptHash { get; init; }

    public int? PromptNumber { get; init; }

    public ImmutableSortedDictionary<string, string> Scores { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    public string? Approval { get; init; }

    /// <summary>Whether it is deployed at once, and why; null registers only.</summary>
    public string? Deploy { get; init; }
}
