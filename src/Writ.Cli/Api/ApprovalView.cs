using System.Text.Json;

namespace Writ.Cli.Api;

/// <summary>A request for approval. <see cref="Arguments"/> is what the agent wrote; everything else is what Writ knows.</summary>
internal sealed record ApprovalView
{
    public required string Id { get; init; }

    public required string Decision { get; init; }

    public required ApprovalAgent Agent { get; init; }

    public required string Action { get; init; }

    public required IReadOnlyList<ApprovalAsk> Asks { get; init; }

    public required DateTimeOffset RequestedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public required string State { get; init; }

    public string? Effect { get; init; }

    public bool? Reversible { get; init; }

    public string? Task { get; init; }

    public string? OnNoAnswer { get; init; }

    public bool Solo { get; init; }

    public JsonElement? Arguments { get; init; }

    /// <summary>What an answer names to say that it is about what was shown.</summary>
    public string? Shown { get; init; }
}
