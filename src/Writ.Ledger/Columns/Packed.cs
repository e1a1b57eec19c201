using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Writ.Ledger.Columns;

/// <summary>
/// Numbers from 0 on, one a row, in as few bytes as the largest needs; one number for all rows takes none. Guarded by the bench
/// <c>query</c>.
/// </summary>
internal readonly struct Packed
{
    private const int HeaderLength = 16;

    private readonly ReadOnlyMemory<byte> _data;
    private readonly ulong _constant;
    private readonly int _width;
    private readonly int _count;

    private Packed(int width, ulong constant, ReadOnlyMemory<byte> data, int count) =>
        (_width, _constant, _data, _count) = (width, constant, data, count);

    public ulong this[int row] => _width switch
    {
        0 => _constant,
        1 => _data.Span[row],
        2 => BinaryPrimitives.ReadUInt16LittleEndian(_data.Span[(2 * row)..]),
        4 => BinaryPrimitives.ReadUInt32LittleEndian(_data.Span[(4 * row)..]),
        _ => BinaryPrimitives.ReadUInt64LittleEndian(_data.Span[(8 * row)..]),
    };

    public static void Write(IBufferWriter<byte> to, ReadOnlySpan<ulong> values)
    {
        ulong largest = 0, smallest = ulong.MaxValue;
        foreach (var value in values)
            (largest, smallest) = (Math.Max(largest, value), Math.Min(smallest, value));
        var width = largest == smallest ? 0 : largest <= byte.MaxValue ? 1 : largest <= ushort.MaxValue ? 2 : largest <= uint.MaxValue ? 4 : 8;
        var header = to.GetSpan(HeaderLength);
        BinaryPrimitives.WriteUInt64LittleEndian(header, (ulong)width);
        BinaryPrimitives.WriteUInt64LittleEndian(header[8..], smallest);
        to.Advance(HeaderLength);
        if (width == 0)
            return;
        var data = to.GetSpan(width * values.Length);
        for (var i = 0; i < values.Length; i++)
        {
            switch (width)
            {
                case 1: data[i] = (byte)values[i]; break;
                case 2: BinaryPrimitives.WriteUInt16LittleEndian(data[(2 * i)..], (ushort)values[i]); break;
                case 4: BinaryPrimitives.WriteUInt32LittleEndian(data[(4 * i)..], (uint)values[i]); break;
                default: BinaryPrimitives.WriteUInt64LittleEndian(data[(8 * i)..], values[i]); break;
            }
        }

        to.Advance(width * values.Length);
    }

    /// <summary>Null when the bytes are not that many numbers.</summary>
    public static Packed? Read(ReadOnlyMemory<byte> bytes, int count)
    {
        if (bytes.Length < HeaderLength)
            return null;
        var width = BinaryPrimitives.ReadUInt64LittleEndian(bytes.Span);
        if (width is not (0 or 1 or 2 or 4 or 8) || bytes.Length != HeaderLength + ((int)width * count))
            return null;
        return new Packed((int)width, BinaryPrimitives.ReadUInt64LittleEndian(bytes.Span[8..]), bytes[HeaderLength..], count);
    }

    /// <summary>The largest of the numbers.</summary>
    public ulong Largest() => _width switch
    {
        0 => _constant,
        1 => LargestOf(Span<byte>()),
        2 => LargestOf(Span<ushort>()),
        4 => LargestOf(Span<uint>()),
        _ => LargestOf(Span<ulong>()),
    };

    /// <summary>Adds the rows whose number lies between the two, both included.</summary>
    public void AddBetween(ulong low, ulong high, RowSet rows)
    {
        if (low > high)
            return;
        switch (_width)
        {
            case 0 when low <= _constant && _constant <= high: rows.Fill(); break;
            case 0: break;
            case 1: Scan(Span<byte>(), low, high, rows.Words); break;
            case 2: Scan(Span<ushort>(), low, high, rows.Words); break;
            case 4: Scan(Span<uint>(), low, high, rows.Words); break;
            default: Scan(Span<ulong>(), low, high, rows.Words); break;
        }
    }

    /// <summary>Adds the rows whose number is wanted.</summary>
    public void AddWanted(ReadOnlySpan<bool> wanted, RowSet rows)
    {
        var first = wanted.IndexOf(true);
        var last = wanted.LastIndexOf(true);
        if (first < 0)
            return;
        if (!wanted[first..(last + 1)].Contains(false))
            AddBetween((ulong)first, (ulong)last, rows);
        else if (_width == 1)
            AddWanted(Span<byte>(), wanted, rows.Words);
        else if (_width == 2)
            AddWanted(Span<ushort>(), wanted, rows.Words);
        else
        {
            for (var row = 0; row < _count; row++)
            {
                if (wanted[(int)this[row]])
                    rows.Add(row);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddWanted<T>(ReadOnlySpan<T> values, ReadOnlySpan<bool> wanted, Span<ulong> words)
        where T : unmanaged, IBinaryInteger<T>
    {
        for (var row = 0; row < values.Length; row++)
            words[row >> 6] |= (wanted[int.CreateTruncating(values[row])] ? 1UL : 0) << (row & 63);
    }

    // Compiled for good at once: the first query after a start is as fast as any.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Scan<T>(ReadOnlySpan<T> values, ulong low, ulong high, Span<ulong> words)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
    {
        var most = ulong.CreateTruncating(T.MaxValue);
        if (low > most)
            return;
        var (from, span) = (T.CreateTruncating(low), T.CreateTruncating(Math.Min(high, most) - low));
        var row = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            var (froms, spans) = (Vector256.Create(from), Vector256.Create(span));
            for (; row + Vector256<T>.Count <= values.Length; row += Vector256<T>.Count)
            {
                var inside = Vector256.LessThanOrEqual(Vector256.Create(values[row..]) - froms, spans);
                words[row >> 6] |= (ulong)inside.ExtractMostSignificantBits() << (row & 63);
            }
        }

        for (; row < values.Length; row++)
            words[row >> 6] |= (unchecked(values[row] - from) <= span ? 1UL : 0) << (row & 63);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static ulong LargestOf<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IBinaryInteger<T>
    {
        var (largest, row) = (T.Zero, 0);
        if (Vector256.IsHardwareAccelerated && values.Length >= Vector256<T>.Count)
        {
            var most = Vector256<T>.Zero;
            for (; row + Vector256<T>.Count <= values.Length; row += Vector256<T>.Count)
                most = Vector256.Max(most, Vector256.Create(values[row..]));
            for (var lane = 0; lane < Vector256<T>.Count; lane++)
                largest = T.Max(largest, most[lane]);
        }

        for (; row < values.Length; row++)
            largest = T.Max(largest, values[row]);
        return ulong.CreateTruncating(largest);
    }

    private ReadOnlySpan<T> Span<T>()
        where T : unmanaged => MemoryMarshal.Cast<byte, T>(_data.Span)[.._count];
}
