using Writ.Crypto.Hashing;

namespace Writ.Ledger.Columns;

/// <summary>What an index asks of its records.</summary>
internal static class RecordSources
{
    /// <summary>The root over all records up to a block's last; null when there are fewer.</summary>
    public static Hash256? RootAtEndOf(this IRecordSource source, ColumnBlock block) =>
        block.FirstRow + (ulong)block.Rows is var end && end <= source.Size ? source.RootAt(end) : null;
}
