using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using Writ.Crypto.Hashing;
using Writ.Crypto.Signing;

namespace Writ.Governance.Policies.Signing;

/// <summary>A key that bundles of an organization are signed with. Only its public half is known here. Immutable.</summary>
/// <param name="Id">The first 16 hexadecimal digits of SHA-256 of the public key.</param>
/// <param name="PublicKey">32 bytes in unpadded base64url.</param>
/// <param name="Label">Whose it is, for people.</param>
public sealed record PublisherKey(string Id, string PublicKey, string Label)
{
    /// <summary>Nothing that it signed is published, or confirmed, from here on.</summary>
    public bool Revoked { get; init; }

    /// <summary>The id of a public key.</summary>
    public static string IdOf(Ed25519PublicKey key) => Hash256.Of(key.Bytes).ToHex()[..16];

    /// <summary>Reads a public key.</summary>
    public static bool TryRead(string text, [NotNullWhen(true)] out Ed25519PublicKey? key)
    {
        key = null;
        return Base64Url.IsValid(text, out var length) && length == Ed25519PublicKey.Length && Ed25519PublicKey.TryParse(Base64Url.DecodeFromChars(text), out key);
    }
}
