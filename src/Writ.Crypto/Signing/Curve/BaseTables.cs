namespace Writ.Crypto.Signing.Curve;

/// <summary>Multiples of the base point, made once, on first use, in about a millisecond.</summary>
internal static class BaseTables
{
    /// <summary>Row i, column j, at 8i + j: (j + 1) times 256^i times the base point.</summary>
    public static AffinePoint[] Rows { get; } = MakeRows();

    /// <summary>The odd multiples 1, 3, 5 … 127.</summary>
    public static AffinePoint[] Odd { get; } = MakeOdd();

    /// <summary>[scalar]B for a secret scalar below 2^255: the same instructions and the same memory, whatever it is.</summary>
    public static EdwardsPoint Multiply(in Scalar scalar)
    {
        Span<sbyte> digits = stackalloc sbyte[64];
        scalar.ToRadix16(digits);
        var result = EdwardsPoint.Identity;
        for (var i = 1; i < 64; i += 2)
            result.Add(Entry(i / 2, digits[i]));
        for (var i = 0; i < 4; i++)
            result.Double(needsT: i == 3);
        for (var i = 0; i < 64; i += 2)
            result.Add(Entry(i / 2, digits[i]));
        digits.Clear();
        return result;
    }

    private static AffinePoint Entry(int row, sbyte digit)
    {
        var sign = digit >> 7; // 0 or -1
        var magnitude = (uint)((digit ^ sign) - sign);
        var entry = AffinePoint.Identity;
        var columns = Rows.AsSpan(8 * row, 8);
        for (var i = 0; i < columns.Length; i++)
        {
            var difference = magnitude ^ (uint)(i + 1);
            entry = entry.Select(columns[i], (ulong)((long)((ulong)difference - 1) >> 63));
        }

        return entry.Select(entry.Negated(), (ulong)(long)sign);
    }

    private static AffinePoint[] MakeRows()
    {
        var rows = new AffinePoint[32 * 8];
        var start = EdwardsPoint.Base;
        for (var row = 0; row < 32; row++)
        {
            var step = new CachedPoint(start);
            var multiple = start;
            for (var column = 0; column < 8; column++)
            {
                rows[8 * row + column] = AffinePoint.From(multiple);
                multiple.Add(step);
            }

            for (var i = 0; i < 8; i++)
                start.Double(needsT: true);
        }

        return rows;
    }

    private static AffinePoint[] MakeOdd()
    {
        var odd = new AffinePoint[64];
        var multiple = EdwardsPoint.Base;
        var two = EdwardsPoint.Base;
        two.Double(needsT: true);
        var step = new CachedPoint(two);
        for (var i = 0; i < odd.Length; i++)
        {
            odd[i] = AffinePoint.From(multiple);
            multiple.Add(step);
        }

        return odd;
    }
}
