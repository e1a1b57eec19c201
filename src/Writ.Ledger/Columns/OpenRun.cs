using System.Buffers;
using Writ.Crypto.Hashing;

namespace Writ.Ledger.Columns;

/// <summary>
/// A run of records whose block is not written yet: still being read, or read and kept open for what the next run says of it. Shown as
/// blocks of a few thousand rows, each made again only when something in it changed. Not thread safe.
/// </summary>
internal sealed class OpenRun
{
    /// <summary>How many records a block has.</summary>
    public const int MostRows = 65_536;

    private const int SliceRows = 4_096;

    private readonly ColumnSchema _schema;
    private readonly ColumnBuilder[] _columns;
    private readonly ColumnBlock?[] _slices = new ColumnBlock?[MostRows / SliceRows];

    public OpenRun(ColumnSchema schema, ulong firstRow)
    {
        (_schema, FirstRow) = (schema, firstRow);
        _columns = [.. schema.Columns.Select(c => ColumnBuilder.Of(c.Kind))];
    }

    public ulong FirstRow { get; private set; }

    public int Rows { get; private set; }

    public ulong End => FirstRow + (ulong)Rows;

    /// <summary>What the extractor remembered after the run's last record.</summary>
    public byte[] Carry { get; set; } = [];

    /// <summary>What the run's records say of rows whose block is written already.</summary>
    public List<Amendment> Amendments { get; } = [];

    public ColumnBuilder this[int column] => _columns[column];

    /// <summary>Begins anew with other records, in the same memory.</summary>
    public void Restart(ulong firstRow)
    {
        foreach (var column in _columns)
            column.Clear();
        Array.Clear(_slices);
        Amendments.Clear();
        (FirstRow, Rows, Carry) = (firstRow, 0, []);
    }

    /// <summary>Counts the row that the extractor just filled.</summary>
    public void Added() => _slices[Rows++ / SliceRows] = null;

    /// <summary>Changes a row that is in the run.</summary>
    public void Amend(in Amendment amendment)
    {
        var row = (int)(amendment.Row - FirstRow);
        if (_columns[amendment.Column] is TextBuilder texts)
            texts.Set(row, amendment.Text);
        else
            ((NumberBuilder)_columns[amendment.Column]).Set(row, amendment.Number);
        _slices[row / SliceRows] = null;
    }

    /// <summary>The rows as blocks in memory.</summary>
    public IEnumerable<ColumnBlock> Slices()
    {
        for (var first = 0; first < Rows; first += SliceRows)
        {
            yield return _slices[first / SliceRows] ??= ColumnBlock.InMemory(
                _schema, Write(first, Math.Min(SliceRows, Rows - first), default), FirstRow + (ulong)first)!;
        }
    }

    /// <summary>The block of the whole run.</summary>
    public byte[] Write(in Hash256 root) => Write(0, Rows, root);

    private byte[] Write(int first, int count, in Hash256 root)
    {
        var headerLength = BlockHeader.LengthOf(_columns.Length);
        var body = new ArrayBufferWriter<byte>(count * 64);
        var places = new ColumnPlace[_columns.Length];
        for (var i = 0; i < places.Length; i++)
        {
            var at = body.WrittenCount;
            var (min, max, values) = _columns[i].Write(body, first, count);
            places[i] = Place(at) with { Min = min, Max = max, HasValues = values > 0, IsFull = values == count };
        }

        var carryAt = body.WrittenCount;
        body.Write(Carry);
        var carry = Place(carryAt);
        var amendmentsAt = body.WrittenCount;
        Amendment.Write(body, Amendments);
        var header = new BlockHeader
        {
            FirstRow = FirstRow + (ulong)first,
            Rows = count,
            Fingerprint = _schema.Fingerprint,
            Root = root,
            Carry = carry,
            Amendments = Place(amendmentsAt),
            Columns = places,
        };
        return [.. header.ToBytes(), .. body.WrittenSpan];

        ColumnPlace Place(int at)
        {
            var length = body.WrittenCount - at;
            var place = new ColumnPlace(headerLength + at, length, Crc32C.Compute(body.WrittenSpan[at..]), 0, 0, length > 0, false);
            body.Write(stackalloc byte[-length & 7]);
            return place;
        }
    }
}
