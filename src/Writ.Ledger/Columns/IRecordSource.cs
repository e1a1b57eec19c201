using Writ.Crypto.Hashing;

namespace Writ.Ledger.Columns;

/// <summary>What an index is made from: the records of one log.</summary>
internal interface IRecordSource
{
    /// <summary>How many records there are; only ever grows.</summary>
    ulong Size { get; }

    /// <summary>The first record whose bytes are there; those before were pruned. Only ever grows.</summary>
    ulong First => 0;

    /// <summary>The root over the first <paramref name="size"/> records; null when it cannot be read.</summary>
    Hash256? RootAt(ulong size);

    /// <summary>Hands over the records from <paramref name="first"/> to before <paramref name="end"/>, in order; the fault that ended it early.</summary>
    LedgerFault? Read(ulong first, ulong end, Action<LedgerRecord> take);
}
