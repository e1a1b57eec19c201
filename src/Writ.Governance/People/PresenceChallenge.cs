using System.Security.Cryptography;
using Writ.Crypto.Hashing;

namespace Writ.Governance.People;

/// <summary>What a person's authenticator signs to prove that the person is there for one request: nothing else has this challenge.</summary>
public static class PresenceChallenge
{
    /// <summary>The length of a nonce, in bytes.</summary>
    public const int NonceLength = 16;

    private static ReadOnlySpan<byte> Domain => "writ presence 1\0"u8;

    /// <summary>The challenge of a request: SHA-256 over the words <c>writ presence 1</c>, a zero byte, the nonce and the digest.</summary>
    public static byte[] Of(ReadOnlySpan<byte> nonce, Hash256 request)
    {
        if (nonce.Length != NonceLength)
            throw new ArgumentException($"a nonce has {NonceLength} bytes", nameof(nonce));
        return SHA256.HashData([.. Domain, .. nonce, .. Convert.FromHexString(request.ToHex())]);
    }
}
