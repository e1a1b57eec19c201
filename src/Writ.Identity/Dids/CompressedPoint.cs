using System.Globalization;
using System.Numerics;

namespace Writ.Identity.Dids;

/// <summary>
/// Points of prime curves as their x and the parity of y (SEC 1 section 2.3.3). The arithmetic is not of constant time: it is for public keys.
/// Immutable and thread safe.
/// </summary>
internal sealed class CompressedPoint
{
    private readonly BigInteger _prime;
    private readonly BigInteger _a;
    private readonly BigInteger _b;
    private readonly int _length;

    private CompressedPoint(string prime, int a, string b)
    {
        _prime = Parse(prime);
        (_a, _b, _length) = (a, Parse(b), prime.Length / 2);
    }

    public static CompressedPoint P256 { get; } = new(
        "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff", -3, "5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b");

    public static CompressedPoint P384 { get; } = new(
        "fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffff0000000000000000ffffffff", -3,
        "b3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aef");

    public static CompressedPoint Secp256k1 { get; } = new("fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2f", 0, "07");

    /// <summary>The coordinates of a point; false where the bytes are none of the curve's.</summary>
    public bool TryRead(ReadOnlySpan<byte> bytes, out byte[] x, out byte[] y)
    {
        (x, y) = ([], []);
        if (bytes.Length != _length + 1 || bytes[0] is not (2 or 3))
            return false;
        var across = new BigInteger(bytes[1..], isUnsigned: true, isBigEndian: true);
        if (across >= _prime)
            return false;
        var square = ((BigInteger.ModPow(across, 3, _prime) + (_a * across) + _b) % _prime + _prime) % _prime;
        // All three primes leave 3 modulo 4, so that this is a root where there is one.
        var up = BigInteger.ModPow(square, (_prime + 1) / 4, _prime);
        if (up * up % _prime != square || up.IsZero)
            return false;
        if (up.IsEven != (bytes[0] == 2))
            up = _prime - up;
        (x, y) = (bytes[1..].ToArray(), Padded(up));
        return true;
    }

    private byte[] Padded(BigInteger number)
    {
        var bytes = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[_length - bytes.Length], .. bytes];
    }

    private static BigInteger Parse(string hex) => BigInteger.Parse("0" + hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
