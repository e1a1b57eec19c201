using System.Numerics;

namespace Writ.Crypto.Jose;

/// <summary>Which RSA public keys are worth a signature.</summary>
internal static class RsaRules
{
    public const int MinBits = 2048;

    // A verification costs the square of the length: an unbounded modulus is a way to keep a processor busy.
    public const int MaxBits = 8192;
    public const int MaxExponentBytes = 4;

    // A modulus made by the faulty library is a power of 65537 modulo every small prime; an honest one passes all of these about once in 2^28.
    private static readonly int[] RocaPrimes = [11, 13, 17, 19, 37, 53, 61, 71, 73, 79, 97, 103, 107, 109, 127, 151, 157];

    public static JsonWebKeyFault Check(ReadOnlySpan<byte> modulus, ReadOnlySpan<byte> exponent)
    {
        // RFC 7518 section 6.3.1.1: no leading zero octet.
        if (modulus.IsEmpty || modulus[0] == 0 || exponent.IsEmpty || exponent[0] == 0)
            return JsonWebKeyFault.WrongParameter;
        var n = new BigInteger(modulus, isUnsigned: true, isBigEndian: true);
        var bits = (int)n.GetBitLength();
        if (bits < MinBits)
            return JsonWebKeyFault.Weak;
        if (bits > MaxBits || n.IsEven || exponent.Length > MaxExponentBytes)
            return JsonWebKeyFault.WrongParameter;
        var e = new BigInteger(exponent, isUnsigned: true, isBigEndian: true);
        return e < 3 || e.IsEven || HasRocaFingerprint(n) ? JsonWebKeyFault.Weak : JsonWebKeyFault.None;
    }

    private static bool HasRocaFingerprint(BigInteger modulus)
    {
        foreach (var prime in RocaPrimes)
        {
            if (!IsPowerOf65537((int)(modulus % prime), prime))
                return false;
        }

        return true;
    }

    private static bool IsPowerOf65537(int value, int prime)
    {
        var power = 1;
        for (var i = 0; i < prime; i++)
        {
            if (power == value)
                return true;
            power = power * (65537 % prime) % prime;
        }

        return false;
    }
}
