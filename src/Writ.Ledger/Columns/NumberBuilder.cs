using System.Buffers;

namespace Writ.Ledger.Columns;

/// <summary>Numbers of a run; <see cref="long.MinValue"/> stands for none.</summary>
internal sealed class NumberBuilder : ColumnBuilder
{
    private const long None = long.MinValue;

    private long[] _values = [];

    public void Set(int row, long value)
    {
        MakeRoom(ref _values, row, None);
        _values[row] = value;
    }

    public override void Clear() => Array.Fill(_values, None);

    public override (long Min, long Max, int Values) Write(ArrayBufferWriter<byte> to, int first, int count)
    {
        MakeRoom(ref _values, first + count - 1, None);
        var values = _values.AsSpan(first, count);
        var (min, max) = (long.MaxValue, None);
        foreach (var value in values)
        {
            max = Math.Max(max, value);
            min = value == None ? min : Math.Min(min, value);
        }

        var step = Step(values, min);
        var offsets = ArrayPool<ulong>.Shared.Rent(count);
        for (var i = 0; i < count; i++)
            offsets[i] = values[i] == None ? 0 : (unchecked((ulong)(values[i] - min)) / step) + 1;
        NumberColumn.Write(to, max == None ? 0 : min, step, offsets.AsSpan(0, count));
        ArrayPool<ulong>.Shared.Return(offsets);
        return (min, max, count - values.Count(None));
    }

    /// <summary>The greatest common divisor of all distances, so that whole euros take no more room than their number; 1 where there is none.</summary>
    private static ulong Step(ReadOnlySpan<long> values, long min)
    {
        var step = 0UL;
        foreach (var value in values)
        {
            if (value == None)
                continue;
            for (var rest = unchecked((ulong)(value - min)); rest != 0;)
                (step, rest) = (rest, step % rest);
            if (step == 1)
                break;
        }

        return Math.Max(1, step);
    }
}
