namespace Writ.Crypto.Signing.Curve;

/// <summary>A point in the form that addition takes as its second operand: Y+X, Y-X, 2Z, 2dT.</summary>
internal readonly struct CachedPoint(in FieldElement sum, in FieldElement difference, in FieldElement twiceZ, in FieldElement t2d)
{
    public readonly FieldElement Sum = sum;
    public readonly FieldElement Difference = difference;
    public readonly FieldElement TwiceZ = twiceZ;
    public readonly FieldElement T2d = t2d;

    public CachedPoint(in EdwardsPoint point)
        : this(point.Y + point.X, point.Y - point.X, point.Z + point.Z, point.T * EdwardsPoint.TwiceD)
    {
    }
}
