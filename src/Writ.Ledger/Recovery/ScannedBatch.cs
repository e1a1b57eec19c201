using Writ.Crypto.Hashing;
using Writ.Ledger.Segments;

namespace Writ.Ledger.Recovery;

/// <summary>One batch found intact in itself: header, frames, checksums, digest. Chain and roots are for the fold to check.</summary>
internal sealed class ScannedBatch
{
    public required long Offset { get; init; }

    public required BatchHeader Header { get; init; }

    public required Hash256 Hash { get; init; }

    /// <summary>The leaf hashes of the records, in order; empty for the vault.</summary>
    public Hash256[] Leaves { get; init; } = [];

    /// <summary>The log of each frame; empty when the batch touches one log only.</summary>
    public uint[] Logs { get; init; } = [];

    /// <summary>Log and record of each payload in this batch that was pruned; empty for records.</summary>
    public List<(uint Log, ulong Index)> Pruned { get; init; } = [];

    /// <summary>The records of the catalog log in this batch.</summary>
    public List<byte[]> Catalog { get; init; } = [];

    /// <summary>The leaf hashes of one log's records, in order.</summary>
    public Hash256[] LeavesOf(uint log) => Logs.Length == 0 ? Leaves : [.. Leaves.Where((_, i) => Logs[i] == log)];
}
