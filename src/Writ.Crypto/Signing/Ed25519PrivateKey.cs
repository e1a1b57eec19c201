using System.Security.Cryptography;

namespace Writ.Crypto.Signing;

/// <summary>
/// An Ed25519 signing key (RFC 8032 section 5.1). Signatures are deterministic. Thread safe; <see cref="Dispose"/> wipes the
/// secret once the last signature under way is done. Nothing about the secret appears in <see cref="ToString"/>.
/// </summary>
public sealed class Ed25519PrivateKey : IDisposable
{
    /// <summary>The length of the secret seed in bytes.</summary>
    public const int SeedLength = 32;

    private static readonly Ed25519Engine DefaultEngine = Libcrypto.IsPresent ? Ed25519Engine.Libcrypto : Ed25519Engine.Managed;

    private readonly IEd25519Signer _signer;

    private Ed25519PrivateKey(ReadOnlySpan<byte> seed, Ed25519Engine engine)
    {
        _signer = engine switch
        {
            Ed25519Engine.Libcrypto => LibcryptoKey.FromSeed(seed),
            _ => new ManagedSigningKey(seed),
        };
        Span<byte> bytes = stackalloc byte[Ed25519PublicKey.Length];
        _signer.WritePublicKey(bytes);
        if (!Ed25519PublicKey.TryParse(bytes, engine, out var publicKey))
            throw new InvalidOperationException("a signing key's own public key does not decode");
        PublicKey = publicKey;
    }

    /// <summary>The public half. It stays usable after this key is disposed.</summary>
    public Ed25519PublicKey PublicKey { get; }

    /// <summary>Makes a new key from the operating system's random source.</summary>
    public static Ed25519PrivateKey Generate()
    {
        Span<byte> seed = stackalloc byte[SeedLength];
        RandomNumberGenerator.Fill(seed);
        try
        {
            return new Ed25519PrivateKey(seed, DefaultEngine);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(seed);
        }
    }

    /// <summary>The key of a 32-byte secret seed, of which no managed copy is kept. Wiping <paramref name="seed"/> is the caller's part.</summary>
    /// <exception cref="ArgumentException"><paramref name="seed"/> is not 32 bytes long.</exception>
    public static Ed25519PrivateKey FromSeed(ReadOnlySpan<byte> seed) => FromSeed(seed, DefaultEngine);

    internal static Ed25519PrivateKey FromSeed(ReadOnlySpan<byte> seed, Ed25519Engine engine)
    {
        if (seed.Length != SeedLength)
            throw new ArgumentException($"an Ed25519 seed has 32 bytes, not {seed.Length}", nameof(seed));
        return new Ed25519PrivateKey(seed, engine);
    }

    /// <summary>Signs <paramref name="message"/> into the 64 bytes of <paramref name="signature"/>.</summary>
    /// <exception cref="ArgumentException"><paramref name="signature"/> is not 64 bytes long.</exception>
    /// <exception cref="ObjectDisposedException">The key has been disposed.</exception>
    public void Sign(ReadOnlySpan<byte> message, Span<byte> signature)
    {
        if (signature.Length != Ed25519PublicKey.SignatureLength)
            throw new ArgumentException($"an Ed25519 signature has 64 bytes, not {signature.Length}", nameof(signature));
        _signer.Sign(message, signature);
    }

    /// <summary>The 64-byte signature of <paramref name="message"/>.</summary>
    /// <exception cref="ObjectDisposedException">The key has been disposed.</exception>
    public byte[] Sign(ReadOnlySpan<byte> message)
    {
        var signature = new byte[Ed25519PublicKey.SignatureLength];
        Sign(message, signature);
        return signature;
    }

    /// <summary>Wipes the secret. Safe to call twice.</summary>
    public void Dispose() => _signer.Dispose();

    /// <summary>Names the public key only.</summary>
    public override string ToString() => $"Ed25519 private key of {PublicKey}";
}
