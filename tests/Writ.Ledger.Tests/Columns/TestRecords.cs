using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Writ.Crypto.Hashing;
using Writ.Ledger.Columns;

namespace Writ.Ledger.Tests.Columns;

/// <summary>
/// Records of words, "name amount names id", whose third record in ten belongs to the one seven thousand before it, and the columns read
/// out of them, twice: by an extractor, and plainly, so that one can be compared with the other.
/// </summary>
internal sealed class TestRecords(ulong size, string history = "") : IRecordSource, IRowExtractor
{
    public const int Name = 0;
    public const int Amount = 1;
    public const int Names = 2;
    public const int Id = 3;
    public const int Later = 4;
    public const int LaterNumber = 5;
    public const int Copied = 6;
    public const int Stepped = 7;
    public const int Columns = 8;
    public const int Distance = 70_000;

    private ulong _sum;

    public static ColumnSchema Schema { get; } = SchemaOf(1);

    public ulong Size { get; set; } = size;

    public static ColumnSchema SchemaOf(int version) => new(version,
    [
        new Column("name", ColumnKind.Text), new Column("amount", ColumnKind.Number), new Column("names", ColumnKind.Set),
        new Column("id", ColumnKind.Id), new Column("later", ColumnKind.Text), new Column("later_number", ColumnKind.Number), new Column("copied", ColumnKind.Text), new Column("stepped", ColumnKind.Number),
    ]);

    public static string NameOf(ulong row) => row % 7 == 3 ? "" : $"name-{row * row % 300}";

    public static long? AmountOf(ulong row) => row % 11 == 5 ? null : (long)(row * 7919 % 100_000) - 50_000;

    public static string[] NamesOf(ulong row) => [.. Enumerable.Range(0, (int)(row % 3)).Select(i => $"n{(row + (ulong)i) % 5}")];

    public static Guid IdOf(ulong row) => row % 13 == 1 ? Guid.Empty : Numbered(Guid.CreateVersion7(DateTimeOffset.UnixEpoch.AddMilliseconds(row)), row);

    /// <summary>What a row has from a later record, as far as that exists.</summary>
    public static string? LaterOf(ulong row, ulong size) => (row + Distance) % 10 == 3 && row + Distance < size ? $"by {row % 4}" : row % 10 == 4 && row + 2 < size ? "soon" : null;

    /// <summary>Every row has one: a multiple of 2,500 above −5,000.</summary>
    public static long SteppedOf(ulong row) => ((long)(row % 41) * 2_500) - 5_000;

    /// <summary>What a row has from an earlier one, or from itself.</summary>
    public static string? CopiedOf(ulong row) =>
        row % 10 != 7 ? $"of {row}" : row >= 2 * Distance ? CopiedOf(row - (2 * Distance)) : row > 10 ? CopiedOf(row - 5) : null;

    public Hash256? RootAt(ulong end) => Hash256.Of(Encoding.UTF8.GetBytes($"{history} {end}"));

    public LedgerFault? Read(ulong first, ulong end, Action<LedgerRecord> take)
    {
        for (var row = first; row < end; row++)
            take(new LedgerRecord(row, BitConverter.GetBytes(row)));
        return null;
    }

    public void Extract(in LedgerRecord record, RowWriter row)
    {
        var number = record.Index;
        Assert.Equal(number, row.Row);
        _sum += number;
        if (NameOf(number) is { Length: > 0 } name)
            row.Text(Name, Encoding.UTF8.GetBytes(name));
        row.Number(Stepped, SteppedOf(number));
        if (AmountOf(number) is { } amount)
            row.Number(Amount, amount);
        foreach (var item in NamesOf(number))
            row.Item(Encoding.UTF8.GetBytes(item));
        row.Set(Names);
        if (IdOf(number) is var id && id != Guid.Empty)
            row.Id(Id, id);
        if (number % 10 == 3 && number >= Distance)
        {
            row.AmendText(number - Distance, Later, Encoding.UTF8.GetBytes($"by {(number - Distance) % 4}"));
            row.AmendNumber(number - Distance, LaterNumber, (long)number);
        }

        if (number % 10 == 7 && number >= 2 * Distance)
            row.CopyText(number - (2 * Distance), Copied);
        else if (number % 10 == 7 && number > 10)
            row.CopyText(number - 5, Copied);
        else if (number % 10 != 7)
            row.Text(Copied, Encoding.UTF8.GetBytes($"of {number}"));
        if (number % 10 == 6)
            row.AmendText(number - 2, Later, "soon"u8);
    }

    public void WriteCarry(IBufferWriter<byte> carry)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(carry.GetSpan(8), _sum);
        carry.Advance(8);
    }

    public bool TryReadCarry(ReadOnlySpan<byte> carry)
    {
        _sum = carry.Length == 8 ? BinaryPrimitives.ReadUInt64LittleEndian(carry) : 0;
        return carry.Length is 0 or 8;
    }

    private static Guid Numbered(Guid id, ulong row)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        (bytes[6], bytes[7]) = (0x70, 0);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], row + 1);
        return new Guid(bytes, bigEndian: true);
    }
}
