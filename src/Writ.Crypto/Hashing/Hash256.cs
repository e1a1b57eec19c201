using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Writ.Crypto.Hashing;

/// <summary>
/// A SHA-256 digest: exactly 32 bytes, in the order the hash function emits them. The default value is 32 zero bytes, which is
/// the digest of nothing known. Immutable, thread safe. An array of these is a packed array of digests.
/// </summary>
/// <remarks>
/// Equality and order are plain (they may leak through timing how long the common prefix is), which is right for public
/// digests. Where one side is a secret, use <see cref="FixedTimeEquals"/>.
/// </remarks>
[StructLayout(LayoutKind.Sequential)]
public readonly struct Hash256 : IEquatable<Hash256>, IComparable<Hash256>
{
    /// <summary>The length of a digest in bytes.</summary>
    public const int Length = 32;

    private readonly ulong _a, _b, _c, _d;

    /// <summary>Takes a digest that was computed elsewhere.</summary>
    /// <exception cref="ArgumentException"><paramref name="bytes"/> is not 32 bytes long.</exception>
    public Hash256(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Length)
            throw new ArgumentException($"a SHA-256 digest has 32 bytes, not {bytes.Length}", nameof(bytes));
        this = Unsafe.ReadUnaligned<Hash256>(ref MemoryMarshal.GetReference(bytes));
    }

    /// <summary>The digest's bytes, without a copy; valid as long as the referenced value.</summary>
    [UnscopedRef]
    public ReadOnlySpan<byte> Bytes => MemoryMarshal.AsBytes(new ReadOnlySpan<Hash256>(in this));

    /// <summary>True for the default value, which no computation is expected to yield.</summary>
    public bool IsDefault => (_a | _b | _c | _d) == 0;

    /// <summary>SHA-256 of <paramref name="data"/>.</summary>
    public static Hash256 Of(ReadOnlySpan<byte> data)
    {
        Unsafe.SkipInit(out Hash256 hash);
        Sha256OneShot.Hash(data, MemoryMarshal.AsBytes(new Span<Hash256>(ref hash)));
        return hash;
    }

    /// <summary>SHA-256 of <paramref name="first"/> ‖ <paramref name="second"/>, without joining them.</summary>
    internal static Hash256 Of(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        Unsafe.SkipInit(out Hash256 hash);
        Sha256OneShot.Hash(first, second, MemoryMarshal.AsBytes(new Span<Hash256>(ref hash)));
        return hash;
    }

    /// <summary>Reads 64 hexadecimal digits of either case; anything else, surrounding space included, is refused.</summary>
    public static bool TryParseHex(ReadOnlySpan<char> text, out Hash256 hash)
    {
        hash = default;
        return text.Length == 2 * Length
            && Convert.FromHexString(text, MemoryMarshal.AsBytes(new Span<Hash256>(ref hash)), out _, out _) == OperationStatus.Done;
    }

    /// <summary>Reads the one canonical base64 form (RFC 4648 section 4): 44 characters, padded, unused bits zero, no space.</summary>
    public static bool TryParseBase64(ReadOnlySpan<char> text, out Hash256 hash)
    {
        hash = default;
        Span<byte> bytes = stackalloc byte[Length + 1];
        Span<char> again = stackalloc char[44];
        if (text.Length != 44 || !Convert.TryFromBase64Chars(text, bytes, out var written) || written != Length)
            return false;

        // The in-box decoder tolerates set padding bits and inner white space: two texts for one digest.
        Convert.TryToBase64Chars(bytes[..Length], again, out _);
        if (!again.SequenceEqual(text))
            return false;
        hash = new Hash256(bytes[..Length]);
        return true;
    }

    /// <summary>The digest as 64 lower-case hexadecimal digits.</summary>
    public string ToHex() => Convert.ToHexStringLower(Bytes);

    /// <summary>The digest as padded base64, 44 characters, as checkpoints and proofs carry it.</summary>
    public string ToBase64() => Convert.ToBase64String(Bytes);

    /// <summary>The digest as unpadded base64url, 43 characters.</summary>
    public string ToBase64Url() => Base64Url.EncodeToString(Bytes);

    /// <summary>The same as <see cref="ToHex"/>.</summary>
    public override string ToString() => ToHex();

    /// <summary>Copies the digest into the first 32 bytes of <paramref name="destination"/>.</summary>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is shorter than 32 bytes.</exception>
    public void CopyTo(Span<byte> destination) => Bytes.CopyTo(destination);

    /// <summary>Equality whose time does not depend on the values.</summary>
    public bool FixedTimeEquals(in Hash256 other) => ((_a ^ other._a) | (_b ^ other._b) | (_c ^ other._c) | (_d ^ other._d)) == 0;

    /// <inheritdoc/>
    public bool Equals(Hash256 other) => FixedTimeEquals(in other);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Hash256 other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_a, _b);

    /// <summary>The order of the digests' bytes, most significant first.</summary>
    public int CompareTo(Hash256 other) => Bytes.SequenceCompareTo(other.Bytes);

    /// <summary>True when both have the same bytes.</summary>
    public static bool operator ==(Hash256 left, Hash256 right) => left.Equals(right);

    /// <summary>True when any byte differs.</summary>
    public static bool operator !=(Hash256 left, Hash256 right) => !left.Equals(right);
}
