using System.Buffers;
using System.Buffers.Binary;

namespace Writ.Ledger.Columns;

/// <summary>Texts, or combinations of texts: each row has the number of its entry in the block's dictionary, 0 for none. Immutable, thread safe.</summary>
public sealed class TextColumn : LoadedColumn
{
    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly Packed _codes;
    private readonly int _rows;
    private readonly bool _isSet;

    private TextColumn(ReadOnlyMemory<byte> bytes, int entries, Packed codes, int rows, bool isSet)
        : base(bytes.Length + 64) => (_bytes, Entries, _codes, _rows, _isSet) = (bytes, entries, codes, rows, isSet);

    /// <summary>How many entries the dictionary has.</summary>
    public int Entries { get; }

    /// <summary>The entry of a row, from 1; 0 where the record has no value.</summary>
    public int EntryAt(int row) => (int)_codes[row];

    /// <summary>The text of an entry from 1, in UTF-8; of a combination, its encoding that <see cref="TextItems"/> reads.</summary>
    public ReadOnlySpan<byte> Entry(int entry)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(entry);
        var bytes = _bytes.Span;
        var start = BinaryPrimitives.ReadInt32LittleEndian(bytes[(4 * entry)..]);
        var end = BinaryPrimitives.ReadInt32LittleEndian(bytes[(4 * (entry + 1))..]);
        return bytes[start..end];
    }

    /// <summary>The texts of an entry: one, or those of the combination.</summary>
    public TextItems ItemsOf(int entry) => new(Entry(entry), _isSet);

    /// <summary>The rows whose text passes, or one of whose texts does.</summary>
    public RowSet Where(TextTest test)
    {
        ArgumentNullException.ThrowIfNull(test);
        var wanted = Entries < 1024 ? stackalloc bool[Entries + 1] : new bool[Entries + 1];
        for (var entry = 1; entry <= Entries; entry++)
        {
            foreach (var item in ItemsOf(entry))
            {
                if (test(item))
                {
                    wanted[entry] = true;
                    break;
                }
            }
        }

        var rows = new RowSet(_rows);
        _codes.AddWanted(wanted, rows);
        return rows;
    }

    /// <inheritdoc/>
    public override RowSet Present()
    {
        var rows = new RowSet(_rows);
        _codes.AddBetween(1, ulong.MaxValue, rows);
        return rows;
    }

    /// <summary>Writes a column: first how many entries, then where each begins and the last ends, their bytes, the rows' entries.</summary>
    internal static void Write(ArrayBufferWriter<byte> to, IReadOnlyList<byte[]> entries, ReadOnlySpan<ulong> codes)
    {
        // Entry 0, that of rows without a value, is empty; its offset's place holds the count.
        var head = new byte[4 * (entries.Count + 2)];
        BinaryPrimitives.WriteInt32LittleEndian(head, entries.Count);
        var at = head.Length;
        for (var i = 0; i < entries.Count; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(4 * (i + 1)), at);
            at += entries[i].Length;
        }

        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(4 * (entries.Count + 1)), at);
        to.Write(head);
        foreach (var entry in entries)
            to.Write(entry);
        to.Write(stackalloc byte[Padding(at)]);
        Packed.Write(to, codes);
    }

    /// <summary>Null when the bytes are no such column.</summary>
    internal static TextColumn? Read(ReadOnlyMemory<byte> bytes, int rows, bool isSet)
    {
        var span = bytes.Span;
        if (span.Length < 8 || BinaryPrimitives.ReadInt32LittleEndian(span) is var entries && (entries < 0 || entries > rows || span.Length < 4 * (entries + 2)))
            return null;
        var start = 4 * (entries + 2);
        for (var i = 1; i <= entries + 1; i++)
        {
            var at = BinaryPrimitives.ReadInt32LittleEndian(span[(4 * i)..]);
            if (at < start || at > span.Length || (i == 1 && at != start))
                return null;
            start = at;
        }

        var codesAt = start + Padding(start);
        return codesAt <= span.Length && Packed.Read(bytes[codesAt..], rows) is { } codes && codes.Largest() <= (ulong)entries
            ? new TextColumn(bytes, entries, codes, rows, isSet)
            : null;
    }

    private static int Padding(int length) => -length & 7;
}
