using System.Text.Json.Nodes;

namespace Writ.Governance.Telemetry;

/// <summary>A span of a trace as its sender reports it. All of it is said by the sender and by nobody else. Immutable by convention.</summary>
public sealed record ReportedSpan
{
    /// <summary>The trace; never zero.</summary>
    public required UInt128 Trace { get; init; }

    /// <summary>The span in it; never zero.</summary>
    public required ulong Span { get; init; }

    /// <summary>The span above it; null where it is the first.</summary>
    public ulong? Parent { get; init; }

    public required string Name { get; init; }

    /// <summary>When it began and ended, in microseconds since 1970-01-01 UTC, at most 2^53 - 1.</summary>
    public required long Started { get; init; }

    /// <inheritdoc cref="Started"/>
    public required long Ended { get; init; }

    public ReportedStatus Status { get; init; }

    /// <summary>What it says of its failure, in words.</summary>
    public string? StatusMessage { get; init; }

    public required JsonObject Attributes { get; init; }

    public IReadOnlyList<ReportedEvent> Events { get; init; } = [];

    /// <summary>What it was sent by; the same object for all spans of one resource.</summary>
    public required JsonObject Resource { get; init; }
}
