using Writ.Ledger.Checkpoints;

namespace Writ.Ledger.Tiles;

/// <summary>What reading all of a tiled log found. Immutable.</summary>
/// <param name="Checkpoint">What it was held against.</param>
/// <param name="Entries">How many entries were read; 0 where the hashes alone were.</param>
/// <param name="Tiles">How many tiles of hashes were read.</param>
/// <param name="Findings">Everything that is missing or contradicts the checkpoint, in order; at most <see cref="MaxFindings"/>.</param>
public sealed record TiledLogReport(Checkpoint Checkpoint, ulong Entries, ulong Tiles, IReadOnlyList<LedgerFault> Findings)
{
    /// <summary>The most findings that are told one by one.</summary>
    public const int MaxFindings = 100;

    /// <summary>How many entries at the beginning are not shown because they were pruned, as whoever serves the log says; their hashes are proved.</summary>
    public ulong Pruned { get; init; }

    /// <summary>True when every tile and entry is there and has the signed root.</summary>
    public bool IsSound => Findings.Count == 0;
}
