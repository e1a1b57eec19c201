using System.Text.Json;
using Writ.Crypto.Hashing;
using Writ.Crypto.Signing;
using Writ.Governance.Records;

namespace Writ.Governance.Policies.Signing;

/// <summary>A publisher's Ed25519 signature of a bundle, as it lies beside it in <c>bundle.sig</c>. It is not part of what it signs.</summary>
/// <param name="Key">The id of the key.</param>
/// <param name="Signature">64 bytes in base64.</param>
public sealed record BundleSignature(string Key, string Signature)
{
    /// <summary>The name of the file inside a bundle's folder.</summary>
    public const string FileName = "bundle.sig";

    /// <summary>Signs a bundle.</summary>
    public static BundleSignature Of(Hash256 digest, Ed25519PrivateKey key) =>
        new(PublisherKey.IdOf(key.PublicKey), Convert.ToBase64String(key.Sign(Message(digest.ToHex()))));

    /// <summary>Reads the text of a file; null where it is none.</summary>
    public static BundleSignature? Read(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<BundleSignature>(text, StrictJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The text of a file.</summary>
    public string ToText() => JsonSerializer.Serialize(this, StrictJson.Options) + "\n";

    /// <summary>Whether it is this key's signature of the bundle of this digest.</summary>
    public bool IsOf(string digest, Ed25519PublicKey key)
    {
        Span<byte> signature = stackalloc byte[Ed25519PublicKey.SignatureLength];
        return Convert.TryFromBase64String(Signature, signature, out var length) && length == signature.Length && key.Verify(Message(digest), signature);
    }

    // What is signed says what it is, so that no other signature of the key is ever taken for one of a bundle.
    private static byte[] Message(string digest) => System.Text.Encoding.UTF8.GetBytes($"writ bundle 1\n{digest}\n");
}
