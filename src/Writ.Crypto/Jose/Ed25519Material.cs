using Writ.Crypto.Signing;

namespace Writ.Crypto.Jose;

/// <summary>Ed25519 (RFC 8037 section 3.1).</summary>
internal sealed class Ed25519Material(Ed25519PublicKey publicKey, Ed25519PrivateKey? privateKey) : IKeyMaterial
{
    public Ed25519PublicKey PublicKey => publicKey;

    public bool Verify(JoseAlgorithm algorithm, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) => publicKey.Verify(data, signature);

    public byte[] Sign(JoseAlgorithm algorithm, ReadOnlySpan<byte> data) =>
        (privateKey ?? throw new InvalidOperationException("a public key signs nothing")).Sign(data);

    public void Dispose() => privateKey?.Dispose();
}
