using System.Buffers;

namespace Writ.Ledger.Columns;

/// <summary>Texts of a run: a dictionary, and each row's entry in it from 1, 0 for none.</summary>
internal sealed class TextBuilder : ColumnBuilder
{
    private int[] _codes = [];
    private readonly List<byte[]> _entries = [];
    private readonly Dictionary<byte[], int> _known = new(ByteTexts.Comparer);
    private readonly Dictionary<byte[], int>.AlternateLookup<ReadOnlySpan<byte>> _lookup;
    private int _last;

    public TextBuilder() => _lookup = _known.GetAlternateLookup<ReadOnlySpan<byte>>();

    public void Set(int row, ReadOnlySpan<byte> text)
    {
        MakeRoom(ref _codes, row, 0);
        // Most records say what the one before said.
        if (_last > 0 && text.SequenceEqual(_entries[_last - 1]))
        {
            _codes[row] = _last;
            return;
        }

        if (!_lookup.TryGetValue(text, out var code))
        {
            _entries.Add(text.ToArray());
            _known.Add(_entries[^1], code = _entries.Count);
        }

        _codes[row] = _last = code;
    }

    /// <summary>The text of a row; nothing where it has none.</summary>
    public ReadOnlySpan<byte> At(int row) => row < _codes.Length && _codes[row] is var code and > 0 ? _entries[code - 1] : default;

    public override void Clear()
    {
        Array.Clear(_codes);
        _entries.Clear();
        _known.Clear();
        _last = 0;
    }

    public override (long Min, long Max, int Values) Write(ArrayBufferWriter<byte> to, int first, int count)
    {
        MakeRoom(ref _codes, first + count - 1, 0);
        var mapped = new int[_entries.Count + 1];
        var entries = new List<byte[]>();
        var values = 0;
        var codes = ArrayPool<ulong>.Shared.Rent(count);
        for (var i = 0; i < count; i++)
        {
            var code = _codes[first + i];
            if (code != 0 && mapped[code] == 0)
            {
                entries.Add(_entries[code - 1]);
                mapped[code] = entries.Count;
            }

            codes[i] = (ulong)mapped[code];
            values += code != 0 ? 1 : 0;
        }

        TextColumn.Write(to, entries, codes.AsSpan(0, count));
        ArrayPool<ulong>.Shared.Return(codes);
        return (0, 0, values);
    }
}
