using System.Runtime.CompilerServices;

namespace Writ.Crypto.Signing.Curve;

/// <summary>A tabled point with Z = 1, as the second operand of an addition: y+x, y-x, 2dxy. The default is not a point; see <see cref="Identity"/>.</summary>
internal readonly struct AffinePoint(in FieldElement sum, in FieldElement difference, in FieldElement xy2d)
{
    public readonly FieldElement Sum = sum;
    public readonly FieldElement Difference = difference;
    public readonly FieldElement Xy2d = xy2d;

    public static AffinePoint Identity => new(FieldElement.One, FieldElement.One, FieldElement.Zero);

    public static AffinePoint From(in EdwardsPoint point)
    {
        var inverse = point.Z.Inverted();
        var (x, y) = (point.X * inverse, point.Y * inverse);
        return new AffinePoint(y + x, y - x, x * y * EdwardsPoint.TwiceD);
    }

    /// <summary>This, or <paramref name="other"/> where the mask is all ones.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public AffinePoint Select(in AffinePoint other, ulong mask) =>
        new(Sum.Select(other.Sum, mask), Difference.Select(other.Difference, mask), Xy2d.Select(other.Xy2d, mask));

    /// <summary>The opposite point.</summary>
    public AffinePoint Negated() => new(Difference, Sum, -Xy2d);
}
