namespace Writ.Cli.Api;

/// <summary>A kill as the server tells it.</summary>
internal sealed record KillView
{
    public required string Id { get; init; }

    public required string Scope { get; init; }

    public required string Reason { get; init; }

    public required string OrderedBy { get; init; }

    public required DateTimeOffset OrderedAt { get; init; }

    public int? Calls { get; init; }

    public long? StoppedAfterUs { get; init; }

    public long? TimeToKillUs { get; init; }

    public string? LiftProposedBy { get; init; }

    public string? LiftedBy { get; init; }
}
