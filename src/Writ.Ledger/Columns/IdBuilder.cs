using System.Buffers;

namespace Writ.Ledger.Columns;

/// <summary>Ids of a run; the empty one stands for none.</summary>
internal sealed class IdBuilder : ColumnBuilder
{
    private Guid[] _ids = [];

    public void Set(int row, Guid id)
    {
        MakeRoom(ref _ids, row, Guid.Empty);
        _ids[row] = id;
    }

    public override void Clear() => Array.Clear(_ids);

    public override (long Min, long Max, int Values) Write(ArrayBufferWriter<byte> to, int first, int count)
    {
        MakeRoom(ref _ids, first + count - 1, Guid.Empty);
        var (min, max, has) = (long.MaxValue, long.MinValue, 0);
        foreach (var id in _ids.AsSpan(first, count))
        {
            id.TryWriteBytes(to.GetSpan(IdColumn.Width), bigEndian: true, out _);
            to.Advance(IdColumn.Width);
            if (id == Guid.Empty)
                continue;
            var zone = IdColumn.ZoneOf(id);
            (min, max, has) = (Math.Min(min, zone), Math.Max(max, zone), has + 1);
        }

        return (min, max, has);
    }
}
