namespace Writ.Server.Api;

/// <summary>How far one ledger is archived.</summary>
/// <param name="Ledger">Its name.</param>
/// <param name="Target">The archive's address.</param>
/// <param name="SealedSegments">How many full segments there are, of records and of payloads.</param>
/// <param name="WaitingSegments">How many of them are not archived yet.</param>
/// <param name="LastAt">When this process archived one last.</param>
/// <param name="FailingSince">Since when it does not go well.</param>
/// <param name="Code">Why, as a code.</param>
/// <param name="Fault">The same in words.</param>
internal sealed record ArchiveView(
    string Ledger, string Target, long SealedSegments, long WaitingSegments, DateTimeOffset? LastAt, DateTimeOffset? FailingSince, string? Code, string? Fault);
