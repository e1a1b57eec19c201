using System.Security.Cryptography;

namespace Writ.Crypto.Jose;

/// <summary>HMAC with a shared secret (RFC 7518 section 3.2), compared in constant time.</summary>
internal sealed class HmacMaterial(byte[] secret) : IKeyMaterial
{
    public const int MinSecretLength = 32;
    public const int MaxSecretLength = 1024;

    private volatile bool _isDisposed;

    // RFC 7518 section 3.2: a key of the hash's length or more.
    public bool IsLongEnoughFor(JoseAlgorithm algorithm) => secret.Length >= LengthOf(algorithm);

    public bool Verify(JoseAlgorithm algorithm, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) =>
        CryptographicOperations.FixedTimeEquals(signature, Sign(algorithm, data));

    public byte[] Sign(JoseAlgorithm algorithm, ReadOnlySpan<byte> data)
    {
        var code = CryptographicOperations.HmacData(algorithm.Hash, secret, data);

        // Asked after the work: a secret wiped meanwhile is all zeros, and anybody can make codes with that.
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        return code;
    }

    public void Dispose()
    {
        _isDisposed = true;
        CryptographicOperations.ZeroMemory(secret);
    }

    private static int LengthOf(JoseAlgorithm algorithm) =>
        algorithm == JoseAlgorithm.Hs256 ? SHA256.HashSizeInBytes : algorithm == JoseAlgorithm.Hs384 ? SHA384.HashSizeInBytes : SHA512.HashSizeInBytes;
}
