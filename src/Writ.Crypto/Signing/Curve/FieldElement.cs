using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Writ.Crypto.Signing.Curve;

/// <summary>
/// A number modulo p = 2^255 - 19 in five limbs of 51 bits. Multiplication takes limbs below 2^54 and, like subtraction, leaves
/// limbs below 2^52; addition does not carry, so a sum of two is multiplied or subtracted before it is added again.
/// No branch and no index depends on a value.
/// </summary>
internal readonly struct FieldElement
{
    private const ulong Mask = (1UL << 51) - 1;

    private readonly ulong _0, _1, _2, _3, _4;

    public FieldElement(ulong l0, ulong l1, ulong l2, ulong l3, ulong l4) => (_0, _1, _2, _3, _4) = (l0, l1, l2, l3, l4);

    public static FieldElement Zero => default;

    public static FieldElement One => new(1, 0, 0, 0, 0);

    /// <summary>Reads 32 little-endian bytes; the top bit is not part of the number, and the number may be p or more.</summary>
    public static FieldElement FromBytes(ReadOnlySpan<byte> bytes) => new(
        BinaryPrimitives.ReadUInt64LittleEndian(bytes) & Mask,
        (BinaryPrimitives.ReadUInt64LittleEndian(bytes[6..]) >> 3) & Mask,
        (BinaryPrimitives.ReadUInt64LittleEndian(bytes[12..]) >> 6) & Mask,
        (BinaryPrimitives.ReadUInt64LittleEndian(bytes[19..]) >> 1) & Mask,
        (BinaryPrimitives.ReadUInt64LittleEndian(bytes[24..]) >> 12) & Mask);

    /// <summary>Writes the one number below p, as 32 little-endian bytes.</summary>
    public void ToBytes(Span<byte> bytes)
    {
        var (a, b, c, d, e) = Carried(_0, _1, _2, _3, _4);

        // q is 1 when the number is p or more: then adding 19 carries all the way out of bit 255.
        var q = (a + 19) >> 51;
        q = (b + q) >> 51;
        q = (c + q) >> 51;
        q = (d + q) >> 51;
        q = (e + q) >> 51;
        a += 19 * q;
        b += a >> 51;
        c += b >> 51;
        d += c >> 51;
        e += d >> 51;
        (a, b, c, d, e) = (a & Mask, b & Mask, c & Mask, d & Mask, e & Mask);

        BinaryPrimitives.WriteUInt64LittleEndian(bytes, a | (b << 51));
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[8..], (b >> 13) | (c << 38));
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[16..], (c >> 26) | (d << 25));
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[24..], (d >> 39) | (e << 12));
    }

    /// <summary>The lowest bit of the number below p, which RFC 8032 calls its sign.</summary>
    public bool IsNegative()
    {
        Span<byte> bytes = stackalloc byte[32];
        ToBytes(bytes);
        return (bytes[0] & 1) != 0;
    }

    public bool IsZero()
    {
        Span<byte> bytes = stackalloc byte[32];
        ToBytes(bytes);
        var any = 0;
        foreach (var value in bytes)
            any |= value;
        return any == 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FieldElement operator +(in FieldElement x, in FieldElement y) =>
        new(x._0 + y._0, x._1 + y._1, x._2 + y._2, x._3 + y._3, x._4 + y._4);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FieldElement operator -(in FieldElement x, in FieldElement y)
    {
        // 16p first, so that no limb goes below zero.
        const ulong lowest = 16 * ((1UL << 51) - 19);
        const ulong other = 16 * ((1UL << 51) - 1);
        var (a, b, c, d, e) = Carried(
            x._0 + lowest - y._0, x._1 + other - y._1, x._2 + other - y._2, x._3 + other - y._3, x._4 + other - y._4);
        return new FieldElement(a, b, c, d, e);
    }

    public static FieldElement operator -(in FieldElement x) => Zero - x;

    public static FieldElement operator *(in FieldElement x, in FieldElement y)
    {
        var (a0, a1, a2, a3, a4) = (x._0, x._1, x._2, x._3, x._4);
        var (b0, b1, b2, b3, b4) = (y._0, y._1, y._2, y._3, y._4);
        var (c1, c2, c3, c4) = (19 * b1, 19 * b2, 19 * b3, 19 * b4); // 2^255 is 19
        return Reduced(
            Math.BigMul(a0, b0) + Math.BigMul(a1, c4) + Math.BigMul(a2, c3) + Math.BigMul(a3, c2) + Math.BigMul(a4, c1),
            Math.BigMul(a0, b1) + Math.BigMul(a1, b0) + Math.BigMul(a2, c4) + Math.BigMul(a3, c3) + Math.BigMul(a4, c2),
            Math.BigMul(a0, b2) + Math.BigMul(a1, b1) + Math.BigMul(a2, b0) + Math.BigMul(a3, c4) + Math.BigMul(a4, c3),
            Math.BigMul(a0, b3) + Math.BigMul(a1, b2) + Math.BigMul(a2, b1) + Math.BigMul(a3, b0) + Math.BigMul(a4, c4),
            Math.BigMul(a0, b4) + Math.BigMul(a1, b3) + Math.BigMul(a2, b2) + Math.BigMul(a3, b1) + Math.BigMul(a4, b0));
    }

    public FieldElement Squared()
    {
        var (a0, a1, a2, a3, a4) = (_0, _1, _2, _3, _4);
        var (d0, d1, d2) = (2 * a0, 2 * a1, 2 * a2);
        var (c3, c4) = (19 * a3, 19 * a4);
        return Reduced(
            Math.BigMul(a0, a0) + Math.BigMul(d1, c4) + Math.BigMul(d2, c3),
            Math.BigMul(d0, a1) + Math.BigMul(d2, c4) + Math.BigMul(a3, c3),
            Math.BigMul(d0, a2) + Math.BigMul(a1, a1) + Math.BigMul(2 * a3, c4),
            Math.BigMul(d0, a3) + Math.BigMul(d1, a2) + Math.BigMul(a4, c4),
            Math.BigMul(d0, a4) + Math.BigMul(d1, a3) + Math.BigMul(a2, a2));
    }

    /// <summary>This to the power 2^<paramref name="count"/>.</summary>
    public FieldElement Squared(int count)
    {
        var result = this;
        for (var i = 0; i < count; i++)
            result = result.Squared();
        return result;
    }

    /// <summary>1/x, and 0 for 0: the power p - 2.</summary>
    public FieldElement Inverted() => Power2To250Less1(out var eleventh).Squared(5) * eleventh;

    /// <summary>The power (p - 5) / 8 = 2^252 - 3, of which a square root is made.</summary>
    public FieldElement RootPower()
    {
        var power = Power2To250Less1(out _);
        return power.Squared(2) * this;
    }

    /// <summary>This, or <paramref name="other"/> where <paramref name="mask"/> is all ones (all zeros keeps this).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public FieldElement Select(in FieldElement other, ulong mask) => new(
        _0 ^ (mask & (_0 ^ other._0)),
        _1 ^ (mask & (_1 ^ other._1)),
        _2 ^ (mask & (_2 ^ other._2)),
        _3 ^ (mask & (_3 ^ other._3)),
        _4 ^ (mask & (_4 ^ other._4)));

    private FieldElement Power2To250Less1(out FieldElement eleventh)
    {
        var x2 = Squared();
        var x9 = x2.Squared(2) * this;
        eleventh = x9 * x2;
        var e5 = eleventh.Squared() * x9; // 2^5 - 1
        var e10 = e5.Squared(5) * e5;
        var e20 = e10.Squared(10) * e10;
        var e40 = e20.Squared(20) * e20;
        var e50 = e40.Squared(10) * e10;
        var e100 = e50.Squared(50) * e50;
        var e200 = e100.Squared(100) * e100;
        return e200.Squared(50) * e50;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static FieldElement Reduced(UInt128 r0, UInt128 r1, UInt128 r2, UInt128 r3, UInt128 r4)
    {
        r1 += (ulong)(r0 >> 51);
        r2 += (ulong)(r1 >> 51);
        r3 += (ulong)(r2 >> 51);
        r4 += (ulong)(r3 >> 51);
        var low = ((ulong)r0 & Mask) + 19 * (ulong)(r4 >> 51);
        return new FieldElement(
            low & Mask, ((ulong)r1 & Mask) + (low >> 51), (ulong)r2 & Mask, (ulong)r3 & Mask, (ulong)r4 & Mask);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (ulong, ulong, ulong, ulong, ulong) Carried(ulong a, ulong b, ulong c, ulong d, ulong e) =>
        ((a & Mask) + 19 * (e >> 51), (b & Mask) + (a >> 51), (c & Mask) + (b >> 51), (d & Mask) + (c >> 51), (e & Mask) + (d >> 51));
}
