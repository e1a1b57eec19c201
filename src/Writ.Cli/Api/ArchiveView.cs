namespace Writ.Cli.Api;

/// <summary>How far one ledger is archived.</summary>
internal sealed record ArchiveView(
    string Ledger, string Target, long SealedSegments, long WaitingSegments, DateTimeOffset? LastAt, DateTimeOffset? FailingSince, string? Code, string? Fault);
