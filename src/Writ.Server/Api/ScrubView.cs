using System.Collections.Immutable;

namespace Writ.Server.Api;

/// <summary>How far the reading of one ledger's old segments is. A ledger holds the logs of every organization; nothing of their contents is shown.</summary>
/// <param name="Ledger">Its name.</param>
/// <param name="SealedSegments">How many full segments there are.</param>
/// <param name="SegmentsRead">How many were read in this pass.</param>
/// <param name="PassBeganAt">When the pass that is under way began.</param>
/// <param name="LastPassEndedAt">When the last whole pass of this process ended.</param>
/// <param name="DamagedSegments">How many segments are not what was written.</param>
/// <param name="Damage">Where.</param>
internal sealed record ScrubView(
    string Ledger, long SealedSegments, long SegmentsRead, DateTimeOffset? PassBeganAt, DateTimeOffset? LastPassEndedAt, int DamagedSegments, ImmutableArray<DamageView> Damage);
