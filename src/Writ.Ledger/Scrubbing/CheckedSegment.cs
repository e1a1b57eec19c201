using Writ.Crypto.Hashing;
using Writ.Ledger.Recovery;
using Writ.Ledger.Segments;
using Writ.Ledger.Verification;

namespace Writ.Ledger.Scrubbing;

/// <summary>What one full segment holds, and what is wrong with it.</summary>
/// <param name="Header">Its header; null when it has none that can be read.</param>
/// <param name="Batches">Its intact batches.</param>
/// <param name="Ends">The size and root of each log after the last of its records here, by the batches' headers.</param>
/// <param name="Findings">Everything wrong; empty for a sound segment.</param>
internal sealed record CheckedSegment(
    SegmentHeader? Header, IReadOnlyList<ScannedBatch> Batches, IReadOnlyDictionary<uint, (ulong Size, Hash256 Root)> Ends, IReadOnlyList<Finding> Findings);
