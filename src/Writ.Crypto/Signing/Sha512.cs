using System.Security.Cryptography;

namespace Writ.Crypto.Signing;

/// <summary>SHA-512 over three parts in a row, as Ed25519 hashes them.</summary>
internal static class Sha512
{
    public static void Hash(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ReadOnlySpan<byte> third, Span<byte> digest)
    {
        const int onStack = 512;
        var length = first.Length + second.Length + (long)third.Length;
        if (length <= onStack)
        {
            Span<byte> whole = stackalloc byte[onStack];
            first.CopyTo(whole);
            second.CopyTo(whole[first.Length..]);
            third.CopyTo(whole[(first.Length + second.Length)..]);
            SHA512.HashData(whole[..(int)length], digest);
            CryptographicOperations.ZeroMemory(whole); // the first part may be a secret prefix
            return;
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA512);
        hash.AppendData(first);
        hash.AppendData(second);
        hash.AppendData(third);
        hash.GetHashAndReset(digest);
    }
}
