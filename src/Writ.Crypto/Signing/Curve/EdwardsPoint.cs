namespace Writ.Crypto.Signing.Curve;

/// <summary>
/// A point of edwards25519 (RFC 8032 section 5.1) in extended coordinates: x = X/Z, y = Y/Z, T = XY/Z. The formulas are the
/// complete ones of section 5.1.4, right for every pair of points. Mutable, because a multiplication is one long update.
/// </summary>
internal struct EdwardsPoint(in FieldElement x, in FieldElement y, in FieldElement z, in FieldElement t)
{
    public FieldElement X = x;
    public FieldElement Y = y;
    public FieldElement Z = z;
    public FieldElement T = t;

    private static readonly FieldElement D =
        new(0x34dca135978a3, 0x1a8283b156ebd, 0x5e7a26001c029, 0x739c663a03cbb, 0x52036cee2b6ff);

    private static readonly FieldElement RootOfMinusOne =
        new(0x61b274a0ea0b0, 0x0d5a5fc8f189d, 0x7ef5e9cbd0c60, 0x78595a6804c9e, 0x2b8324804fc1d);

    public static FieldElement TwiceD { get; } =
        new(0x69b9426b2f159, 0x35050762add7a, 0x3cf44c0038052, 0x6738cc7407977, 0x2406d9dc56dff);

    public static EdwardsPoint Identity => new(FieldElement.Zero, FieldElement.One, FieldElement.One, FieldElement.Zero);

    public static EdwardsPoint Base { get; } = new(
        new FieldElement(0x62d608f25d51a, 0x412a4b4f6592a, 0x75b7171a4b31d, 0x1ff60527118fe, 0x216936d3cd6e5),
        new FieldElement(0x6666666666658, 0x4cccccccccccc, 0x1999999999999, 0x3333333333333, 0x6666666666666),
        FieldElement.One,
        new FieldElement(0x68ab3a5b7dda3, 0x00eea2a5eadbb, 0x2af8df483c27e, 0x332b375274732, 0x67875f0fd78b7));

    /// <summary>
    /// Decodes a point, RFC 8032 section 5.1.3; false unless the bytes are the one encoding of a point on the curve. Its time
    /// depends on the bytes, which are public.
    /// </summary>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, out EdwardsPoint point)
    {
        var y = FieldElement.FromBytes(bytes);
        var ySquared = y.Squared();
        var u = ySquared - FieldElement.One;
        var v = D * ySquared + FieldElement.One;
        var v3 = v.Squared() * v;
        var x = u * v3 * (u * v3.Squared() * v).RootPower();
        var check = v * x.Squared();
        if (!(check - u).IsZero())
            x *= RootOfMinusOne;
        var isOnCurve = (v * x.Squared() - u).IsZero();
        if (x.IsNegative() != (bytes[31] & 0x80) > 0)
            x = -x;
        point = new EdwardsPoint(x, y, FieldElement.One, x * y);

        // A y of p or more, and a "negative" zero, come out as other bytes than they went in.
        Span<byte> again = stackalloc byte[32];
        point.Encode(again);
        return isOnCurve && again.SequenceEqual(bytes);
    }

    /// <summary>The 32-byte encoding, RFC 8032 section 5.1.2.</summary>
    public readonly void Encode(Span<byte> bytes)
    {
        var inverse = Z.Inverted();
        (Y * inverse).ToBytes(bytes);
        bytes[31] |= (byte)((X * inverse).IsNegative() ? 0x80 : 0);
    }

    /// <summary>True for the eight points whose multiple by 8 is the identity.</summary>
    public readonly bool IsOfSmallOrder()
    {
        var multiple = this;
        for (var i = 0; i < 3; i++)
            multiple.Double(needsT: false);
        return multiple.X.IsZero();
    }

    public readonly EdwardsPoint Negated() => new(-X, Y, Z, -T);

    /// <summary>Doubles this point. T is only made when the next step adds.</summary>
    public void Double(bool needsT)
    {
        var a = X.Squared();
        var b = Y.Squared();
        var zz = Z.Squared();
        var h = b + a;
        var g = b - a;
        var e = (X + Y).Squared() - h;
        var f = zz + zz - g;
        X = e * f;
        Y = h * g;
        Z = g * f;
        if (needsT)
            T = e * h;
    }

    public void Add(in CachedPoint other) =>
        Combine((Y + X) * other.Sum, (Y - X) * other.Difference, Z * other.TwiceZ, T * other.T2d);

    public void Subtract(in CachedPoint other) =>
        Combine((Y + X) * other.Difference, (Y - X) * other.Sum, Z * other.TwiceZ, -(T * other.T2d));

    public void Add(in AffinePoint other) =>
        Combine((Y + X) * other.Sum, (Y - X) * other.Difference, Z + Z, T * other.Xy2d);

    public void Subtract(in AffinePoint other) =>
        Combine((Y + X) * other.Difference, (Y - X) * other.Sum, Z + Z, -(T * other.Xy2d));

    private void Combine(in FieldElement b, in FieldElement a, in FieldElement d, in FieldElement c)
    {
        var e = b - a;
        var h = b + a;
        var f = d - c;
        var g = d + c;
        X = e * f;
        Y = g * h;
        Z = f * g;
        T = e * h;
    }
}
