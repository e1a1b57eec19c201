using Writ.Crypto.Signing.Curve;

namespace Writ.Crypto.Signing;

/// <summary>Ed25519 verification in managed code (RFC 8032 section 5.1.7, without cofactor). Immutable; its time depends on public values only.</summary>
internal sealed class ManagedVerifyingKey : IEd25519Verifier
{
    private const int KeyWidth = 5;
    private const int BaseWidth = 8;

    private readonly byte[] _bytes;
    private readonly CachedPoint[] _odd = new CachedPoint[1 << (KeyWidth - 2)];

    public ManagedVerifyingKey(ReadOnlySpan<byte> bytes, in EdwardsPoint key)
    {
        _bytes = bytes.ToArray();
        var multiple = key.Negated();
        var two = multiple;
        two.Double(needsT: true);
        var step = new CachedPoint(two);
        for (var i = 0; i < _odd.Length; i++)
        {
            _odd[i] = new CachedPoint(multiple);
            multiple.Add(step);
        }
    }

    public bool Verify(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        var s = Scalar.FromBytes(signature[32..]);
        if (!s.IsCanonical())
            return false;
        Span<byte> digest = stackalloc byte[64];
        Sha512.Hash(signature[..32], _bytes, message, digest);
        Span<byte> expected = stackalloc byte[32];
        Combine(s, Scalar.Reduce(digest)).Encode(expected);
        return expected.SequenceEqual(signature[..32]);
    }

    // [s]B - [k]A, by both scalars' non-adjacent forms at once.
    private EdwardsPoint Combine(in Scalar s, in Scalar k)
    {
        Span<sbyte> baseDigits = stackalloc sbyte[256];
        Span<sbyte> keyDigits = stackalloc sbyte[256];
        s.ToNonAdjacentForm(BaseWidth, baseDigits);
        k.ToNonAdjacentForm(KeyWidth, keyDigits);
        var at = 255;
        while (at >= 0 && baseDigits[at] == 0 && keyDigits[at] == 0)
            at--;

        var result = EdwardsPoint.Identity;
        for (; at >= 0; at--)
        {
            var (b, a) = (baseDigits[at], keyDigits[at]);
            result.Double(needsT: (a | b) != 0);
            if (a > 0)
                result.Add(_odd[a / 2]);
            else if (a < 0)
                result.Subtract(_odd[-a / 2]);
            if (b > 0)
                result.Add(BaseTables.Odd[b / 2]);
            else if (b < 0)
                result.Subtract(BaseTables.Odd[-b / 2]);
        }

        return result;
    }
}
