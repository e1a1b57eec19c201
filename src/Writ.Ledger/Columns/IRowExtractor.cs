using System.Buffers;

namespace Writ.Ledger.Columns;

/// <summary>
/// Reads the columns of a record out of its bytes: one row a record, in the order of the log. What it remembers between records (to
/// join those that belong together) it can write down and read back, so that an index goes on where it stopped. Used by one thread at a time.
/// </summary>
public interface IRowExtractor
{
    /// <summary>Fills the row of one record. A record it does not understand leaves an empty row; it never throws.</summary>
    void Extract(in LedgerRecord record, RowWriter row);

    /// <summary>Writes down what it remembers.</summary>
    void WriteCarry(IBufferWriter<byte> carry);

    /// <summary>Forgets what it remembers and reads what <see cref="WriteCarry"/> wrote; nothing at the beginning of a log. False when that is not it.</summary>
    bool TryReadCarry(ReadOnlySpan<byte> carry);
}
