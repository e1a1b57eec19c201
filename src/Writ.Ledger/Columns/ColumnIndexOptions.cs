using Writ.Ledger.Disks;

namespace Writ.Ledger.Columns;

/// <summary>How an index is kept. Immutable.</summary>
public sealed record ColumnIndexOptions
{
    /// <summary>The folder for the blocks of one log, made if absent. Nothing in it is ever the truth: it may be deleted at any time.</summary>
    public required string Folder { get; init; }

    /// <summary>The most bytes of columns kept in memory, beside those of records too new for a block. Default 192 MiB.</summary>
    public long CacheBytes { get; init; } = 192L << 20;

    /// <summary>The storage of the folder. Default the machine's.</summary>
    public IDisk Disk { get; init; } = PosixDisk.Instance;
}
