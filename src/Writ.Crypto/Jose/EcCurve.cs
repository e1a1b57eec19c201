using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Writ.Crypto.Jose;

/// <summary>A curve of RFC 7518 section 6.2.1.1 with the length of its coordinates in bytes.</summary>
internal sealed record EcCurve(string Name, int CoordinateLength, ECCurve Curve)
{
    private static readonly EcCurve P256 = new("P-256", 32, ECCurve.NamedCurves.nistP256);
    private static readonly EcCurve P384 = new("P-384", 48, ECCurve.NamedCurves.nistP384);
    private static readonly EcCurve P521 = new("P-521", 66, ECCurve.NamedCurves.nistP521);

    public static bool TryParse(string? name, [NotNullWhen(true)] out EcCurve? curve)
    {
        curve = name switch
        {
            "P-256" => P256,
            "P-384" => P384,
            "P-521" => P521,
            _ => null,
        };
        return curve is not null;
    }

    public static EcCurve OfKeySize(int bits) => bits switch
    {
        256 => P256,
        384 => P384,
        521 => P521,
        _ => throw new ArgumentException($"a key of {bits} bits is on no curve of RFC 7518"),
    };
}
