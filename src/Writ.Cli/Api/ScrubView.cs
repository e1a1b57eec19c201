namespace Writ.Cli.Api;

/// <summary>How far the reading of one ledger's old segments is.</summary>
internal sealed record ScrubView(string Ledger, long SealedSegments, long SegmentsRead, DateTimeOffset? LastPassEndedAt, int DamagedSegments, IReadOnlyList<DamageView> Damage);
