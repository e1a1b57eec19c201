using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Writ.Identity.OAuth;

/// <summary>
/// The nonces that a server gives for proofs of possession (RFC 9449 section 8): the number of a half minute, and a keyed hash of it. None is
/// remembered. The key is of this process alone, so that what was proved before a restart proves nothing after it. Thread safe.
/// </summary>
public sealed class DpopNonces(TimeProvider time)
{
    private const int Seconds = 30;
    private const int HashBytes = 16;

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

    /// <summary>A nonce that is taken for half a minute at least, and less than a minute.</summary>
    public string Current() => Of(Now());

    /// <summary>Until when a nonce is taken; null where it is none, or taken no more.</summary>
    public DateTimeOffset? EndOf(string? nonce)
    {
        var now = Now();
        foreach (var number in (ReadOnlySpan<long>)[now, now - 1])
        {
            if (nonce is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(nonce), Encoding.ASCII.GetBytes(Of(number))))
                return DateTimeOffset.FromUnixTimeSeconds((number + 2) * Seconds);
        }

        return null;
    }

    private long Now() => time.GetUtcNow().ToUnixTimeSeconds() / Seconds;

    private string Of(long number)
    {
        Span<byte> text = stackalloc byte[sizeof(long) + HashBytes];
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        BinaryPrimitives.WriteInt64BigEndian(text, number);
        HMACSHA256.HashData(_key, text[..sizeof(long)], hash);
        hash[..HashBytes].CopyTo(text[sizeof(long)..]);
        return Base64Url.EncodeToString(text);
    }
}
