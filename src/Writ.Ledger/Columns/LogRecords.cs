using Writ.Crypto.Hashing;

namespace Writ.Ledger.Columns;

/// <summary>The records of a log of a ledger.</summary>
internal sealed class LogRecords(LogicalLog log) : IRecordSource
{
    public ulong Size => log.Head.Size;

    public ulong First => log.MinimumIndex;

    public Hash256? RootAt(ulong size) => log.RootAt(size);

    public LedgerFault? Read(ulong first, ulong end, Action<LedgerRecord> take)
    {
        using var records = log.ReadFrom(first);
        while (first < end && records.MoveNext())
        {
            take(records.Current);
            first++;
        }

        return records.Fault;
    }
}
