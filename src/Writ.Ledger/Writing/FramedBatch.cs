using Writ.Crypto.Hashing;
using Writ.Ledger.Segments;

namespace Writ.Ledger.Writing;

/// <summary>A batch ready to be written. One per writer thread, used again and again.</summary>
internal sealed class FramedBatch
{
    public BatchBuffer Buffer { get; set; } = null!;

    /// <summary>The leaf hash of each append of the buffer, in its order.</summary>
    public Hash256[] Leaves { get; private set; } = [];

    /// <summary>The index each append of the buffer got in its log.</summary>
    public ulong[] Indexes { get; private set; } = [];

    public LeafSlice[] Slices { get; private set; } = [];

    /// <summary>The leaf hashes once more, log by log.</summary>
    public Hash256[] Grouped { get; private set; } = [];

    public List<FramedLog> Logs { get; } = [];

    public BatchPlace RecordsPlace { get; set; }

    public int RecordsHeaderLength { get; set; }

    public BatchPlace VaultPlace { get; set; }

    /// <summary>0 when no append of the batch has a payload.</summary>
    public int VaultHeaderLength { get; set; }

    /// <summary>The logs with payloads in the batch and the smallest index of each.</summary>
    public List<(LogicalLog Log, ulong FirstIndex, uint Count)> VaultLogs { get; } = [];

    public void Reset(BatchBuffer buffer)
    {
        Buffer = buffer;
        Logs.Clear();
        VaultLogs.Clear();
        VaultHeaderLength = 0;
        if (Leaves.Length >= buffer.Count)
            return;
        var room = Math.Max(64, buffer.Count * 2);
        Leaves = new Hash256[room];
        Indexes = new ulong[room];
        Slices = new LeafSlice[room];
        Grouped = new Hash256[room];
    }
}
