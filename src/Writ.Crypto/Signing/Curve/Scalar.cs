using System.Buffers.Binary;

namespace Writ.Crypto.Signing.Curve;

/// <summary>
/// A number modulo the group order L = 2^252 + 27742317777372353535851937790883648493, in four limbs of 64 bits, least first.
/// Arithmetic is Montgomery's with R = 2^256; no branch and no index depends on a value.
/// </summary>
internal readonly struct Scalar
{
    private const ulong NegatedInverse = 0xd2b51da312547e1b; // -1/L modulo 2^64

    private static readonly Scalar Order = new(0x5812631a5cf5d3ed, 0x14def9dea2f79cd6, 0, 0x1000000000000000);
    private static readonly Scalar R = new(0xd6ec31748d98951d, 0xc6ef5bf4737dcf70, 0xfffffffffffffffe, 0x0fffffffffffffff);
    private static readonly Scalar RSquared = new(0xa40611e3449c0f01, 0xd00e1ba768859347, 0xceec73d217f5be65, 0x0399411b7c309a3d);

    private readonly ulong _0, _1, _2, _3;

    private Scalar(ulong l0, ulong l1, ulong l2, ulong l3) => (_0, _1, _2, _3) = (l0, l1, l2, l3);

    /// <summary>Reads 32 little-endian bytes as they are; the number may be L or more.</summary>
    public static Scalar FromBytes(ReadOnlySpan<byte> bytes) => new(
        BinaryPrimitives.ReadUInt64LittleEndian(bytes),
        BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]),
        BinaryPrimitives.ReadUInt64LittleEndian(bytes[16..]),
        BinaryPrimitives.ReadUInt64LittleEndian(bytes[24..]));

    /// <summary>A 64-byte little-endian number modulo L.</summary>
    public static Scalar Reduce(ReadOnlySpan<byte> wide) =>
        Sum(Product(FromBytes(wide[32..]), RSquared), Product(FromBytes(wide), R));

    /// <summary><paramref name="x"/> times <paramref name="y"/> plus <paramref name="z"/>, modulo L; y and z are below L, x need not be.</summary>
    public static Scalar MultiplyAdd(in Scalar x, in Scalar y, in Scalar z) => Sum(Product(Product(x, y), RSquared), z);

    /// <summary>True when the number is below L.</summary>
    public bool IsCanonical()
    {
        Subtract(this, Order, out var borrow);
        return borrow != 0;
    }

    public void ToBytes(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, _0);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[8..], _1);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[16..], _2);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[24..], _3);
    }

    /// <summary>Signed digits of radix 16, least first, each from -8 to 8; the number is below 2^255.</summary>
    public void ToRadix16(Span<sbyte> digits)
    {
        Span<byte> bytes = stackalloc byte[32];
        ToBytes(bytes);
        for (var i = 0; i < 32; i++)
        {
            digits[2 * i] = (sbyte)(bytes[i] & 15);
            digits[2 * i + 1] = (sbyte)(bytes[i] >> 4);
        }

        var carry = 0;
        for (var i = 0; i < 63; i++)
        {
            var digit = digits[i] + carry;
            carry = (digit + 8) >> 4;
            digits[i] = (sbyte)(digit - (carry << 4));
        }

        digits[63] += (sbyte)carry;
        bytes.Clear();
    }

    /// <summary>
    /// The non-adjacent form of the given width: 256 digits, least first, each 0 or odd and below 2^(width-1) in magnitude.
    /// Its time depends on the number, which must be public and below 2^255.
    /// </summary>
    public void ToNonAdjacentForm(int width, Span<sbyte> digits)
    {
        digits.Clear();
        ReadOnlySpan<ulong> limbs = [_0, _1, _2, _3, 0];
        var window = (1UL << width) - 1;
        var carry = 0UL;
        for (var at = 0; at < 256;)
        {
            var (limb, bit) = (at / 64, at % 64);
            var bits = bit == 0 ? limbs[limb] : (limbs[limb] >> bit) | (limbs[limb + 1] << (64 - bit));
            var value = carry + (bits & window);
            if ((value & 1) == 0)
            {
                at++;
                continue;
            }

            carry = value >> (width - 1);
            digits[at] = (sbyte)((long)value - (long)(carry << width));
            at += width;
        }
    }

    // x times y over R modulo L, for y below L and any x: one word at a time, so that five limbs hold what is between.
    private static Scalar Product(in Scalar x, in Scalar y)
    {
        ReadOnlySpan<ulong> factors = [x._0, x._1, x._2, x._3];
        ulong t0 = 0, t1 = 0, t2 = 0, t3 = 0, t4 = 0;
        foreach (var factor in factors)
        {
            var sum = Math.BigMul(factor, y._0) + t0;
            t0 = (ulong)sum;
            sum = Math.BigMul(factor, y._1) + t1 + (ulong)(sum >> 64);
            t1 = (ulong)sum;
            sum = Math.BigMul(factor, y._2) + t2 + (ulong)(sum >> 64);
            t2 = (ulong)sum;
            sum = Math.BigMul(factor, y._3) + t3 + (ulong)(sum >> 64);
            t3 = (ulong)sum;
            t4 += (ulong)(sum >> 64);

            var m = t0 * NegatedInverse;
            sum = Math.BigMul(m, Order._0) + t0;
            sum = Math.BigMul(m, Order._1) + t1 + (ulong)(sum >> 64);
            t0 = (ulong)sum;
            sum = Math.BigMul(m, Order._2) + t2 + (ulong)(sum >> 64);
            t1 = (ulong)sum;
            sum = Math.BigMul(m, Order._3) + t3 + (ulong)(sum >> 64);
            t2 = (ulong)sum;
            sum = (UInt128)t4 + (ulong)(sum >> 64);
            t3 = (ulong)sum;
            t4 = (ulong)(sum >> 64);
        }

        return Below(new Scalar(t0, t1, t2, t3));
    }

    private static Scalar Sum(in Scalar x, in Scalar y)
    {
        var s0 = (UInt128)x._0 + y._0;
        var s1 = (UInt128)x._1 + y._1 + (ulong)(s0 >> 64);
        var s2 = (UInt128)x._2 + y._2 + (ulong)(s1 >> 64);
        return Below(new Scalar((ulong)s0, (ulong)s1, (ulong)s2, x._3 + y._3 + (ulong)(s2 >> 64)));
    }

    // The number less L when that is not negative; it is below 2L.
    private static Scalar Below(in Scalar x)
    {
        var less = Subtract(x, Order, out var borrow);
        var keep = 0UL - borrow;
        return new Scalar(
            less._0 ^ (keep & (less._0 ^ x._0)),
            less._1 ^ (keep & (less._1 ^ x._1)),
            less._2 ^ (keep & (less._2 ^ x._2)),
            less._3 ^ (keep & (less._3 ^ x._3)));
    }

    private static Scalar Subtract(in Scalar x, in Scalar y, out ulong borrow)
    {
        var d0 = (UInt128)x._0 - y._0;
        var d1 = (UInt128)x._1 - y._1 - ((ulong)(d0 >> 64) & 1);
        var d2 = (UInt128)x._2 - y._2 - ((ulong)(d1 >> 64) & 1);
        var d3 = (UInt128)x._3 - y._3 - ((ulong)(d2 >> 64) & 1);
        borrow = (ulong)(d3 >> 64) & 1;
        return new Scalar((ulong)d0, (ulong)d1, (ulong)d2, (ulong)d3);
    }
}
