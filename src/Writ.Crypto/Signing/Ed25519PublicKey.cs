using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using Writ.Crypto.Signing.Curve;

namespace Writ.Crypto.Signing;

/// <summary>
/// An Ed25519 public key (RFC 8032 section 5.1), already decoded and found sound. Immutable and thread safe.
/// </summary>
/// <remarks>
/// <para>One rule set, the same with libcrypto and with managed code, accepts a strict subset of what OpenSSL and Go accept:</para>
/// <list type="bullet">
/// <item>the equation without cofactor, [S]B = R + [k]A, compared by R's bytes; so a non-canonical R never verifies, nor does a
/// signature that only holds up to a point of small order;</item>
/// <item>S is below the group order (RFC 8032 section 5.1.7), so that nobody can alter a signature into a second one;</item>
/// <item>a key must be the canonical encoding of a point on the curve (RFC 8032 section 5.1.3), which OpenSSL does not ask;</item>
/// <item>a key of small order is refused, which RFC 8032 leaves open: such a key "signs" every message, so its signatures prove
/// nothing about who signed what. No honest key generation yields one.</item>
/// </list>
/// <para>A small-order R and mixed-order points are accepted when the equation holds, as in RFC 8032.</para>
/// </remarks>
public sealed class Ed25519PublicKey : IEquatable<Ed25519PublicKey>
{
    /// <summary>The length of an encoded public key in bytes.</summary>
    public const int Length = 32;

    /// <summary>The length of a signature in bytes.</summary>
    public const int SignatureLength = 64;

    private static readonly Ed25519Engine DefaultEngine = Libcrypto.IsPresent ? Ed25519Engine.Libcrypto : Ed25519Engine.Managed;

    private readonly byte[] _bytes;
    private readonly IEd25519Verifier _verifier;

    private Ed25519PublicKey(byte[] bytes, IEd25519Verifier verifier)
    {
        _bytes = bytes;
        _verifier = verifier;
    }

    /// <summary>The 32 bytes of the encoded key.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Decodes a key; false when it is not 32 bytes, not canonical, not on the curve, or of small order.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out Ed25519PublicKey? key) =>
        TryParse(bytes, DefaultEngine, out key);

    /// <summary>
    /// True when <paramref name="signature"/> is this key's signature of <paramref name="message"/>. A signature that is not 64
    /// bytes long is false, not an error.
    /// </summary>
    public bool Verify(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        signature.Length == SignatureLength && _verifier.Verify(message, signature);

    internal static bool TryParse(ReadOnlySpan<byte> bytes, Ed25519Engine engine, [NotNullWhen(true)] out Ed25519PublicKey? key)
    {
        key = null;
        if (bytes.Length != Length || !EdwardsPoint.TryDecode(bytes, out var point) || point.IsOfSmallOrder())
            return false;
        key = new Ed25519PublicKey(bytes.ToArray(), engine switch
        {
            Ed25519Engine.Libcrypto => LibcryptoKey.FromPublic(bytes),
            _ => new ManagedVerifyingKey(bytes, point),
        });
        return true;
    }

    /// <inheritdoc/>
    public bool Equals(Ed25519PublicKey? other) => other is not null && _bytes.AsSpan().SequenceEqual(other._bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Ed25519PublicKey);

    /// <inheritdoc/>
    public override int GetHashCode() => BitConverter.ToInt32(_bytes);

    /// <summary>The key in unpadded base64url. A public key is public.</summary>
    public override string ToString() => Base64Url.EncodeToString(_bytes);
}
