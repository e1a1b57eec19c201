using Writ.Crypto.Hashing;
using Writ.Crypto.Randomness;

namespace Writ.Crypto.Sealing;

/// <summary>
/// Stands in a record for a payload that is kept elsewhere: SHA-256(salt ‖ payload) with 32 random bytes of salt. Who has payload
/// and salt can show that they belong to the record; once both are erased, nobody can guess even a payload of few possible
/// values. The salt has one length, so that no part of it can pass for payload. Immutable.
/// </summary>
/// <param name="Hash">The digest that the record carries.</param>
public readonly record struct Commitment(Hash256 Hash)
{
    /// <summary>The length of a salt in bytes.</summary>
    public const int SaltLength = 32;

    /// <summary>Fills <paramref name="salt"/> from the operating system's random source and commits to the payload under it.</summary>
    /// <exception cref="ArgumentException"><paramref name="salt"/> is not 32 bytes long.</exception>
    public static Commitment Create(ReadOnlySpan<byte> payload, Span<byte> salt)
    {
        Require(salt);
        RandomReserve.Fill(salt);
        return Compute(salt, payload);
    }

    /// <summary>The commitment to a payload under a given salt.</summary>
    /// <exception cref="ArgumentException"><paramref name="salt"/> is not 32 bytes long.</exception>
    public static Commitment Compute(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> payload)
    {
        Require(salt);
        return new Commitment(Hash256.Of(salt, payload));
    }

    /// <summary>The commitment to a payload that follows its salt in one piece of memory.</summary>
    internal static Commitment OfSalted(ReadOnlySpan<byte> saltAndPayload) => new(Hash256.Of(saltAndPayload));

    /// <summary>True when this is the commitment to that payload under that salt; false for a salt of another length.</summary>
    public bool IsOpenedBy(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> payload) =>
        salt.Length == SaltLength && Compute(salt, payload).Hash.FixedTimeEquals(Hash);

    /// <summary>The digest in lower-case hexadecimal.</summary>
    public override string ToString() => Hash.ToHex();

    private static void Require(ReadOnlySpan<byte> salt)
    {
        if (salt.Length != SaltLength)
            throw new ArgumentException($"a salt has {SaltLength} bytes, not {salt.Length}", nameof(salt));
    }
}
