using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Writ.Crypto.Hashing;
using Writ.Crypto.Keys;

namespace Writ.Identity.Tokens;

/// <summary>
/// Makes and checks tokens of every kind. A token is kept only as HMAC-SHA-256(pepper, kind ‖ id ‖ secret). The secret is 256
/// random bits, so that a slow password hash would add nothing; the pepper, which is not stored with the records, makes a copied
/// record worthless and a forged one impossible. Thread safe as long as the pepper is not disposed.
/// </summary>
public sealed class TokenAuthority
{
    private readonly SecretKey _pepper;

    /// <summary>Uses a pepper that stays the caller's to dispose.</summary>
    /// <exception cref="ArgumentException">The key is for another purpose than <see cref="KeyPurpose.TokenPepper"/>.</exception>
    public TokenAuthority(SecretKey pepper)
    {
        ArgumentNullException.ThrowIfNull(pepper);
        if (pepper.Purpose != KeyPurpose.TokenPepper)
            throw new ArgumentException($"a pepper is needed, not a {pepper}", nameof(pepper));
        _pepper = pepper;
    }

    /// <summary>Makes a token with a fresh random secret.</summary>
    /// <param name="kind">Whose it will be.</param>
    /// <param name="id">Its public name, not used before.</param>
    /// <param name="expiresAt">From when on it is refused, if ever.</param>
    public IssuedToken Issue(TokenKind kind, TokenId id, DateTimeOffset? expiresAt = null)
    {
        Span<char> text = stackalloc char[TokenText.Length];
        TokenText.PrefixOf(kind).CopyTo(text);
        text[TokenText.KindLength] = '_';
        id.Value.TryFormat(text[TokenText.IdAt..], out _, "N");
        text[TokenText.SecretAt - 1] = '_';
        RandomNumberGenerator.GetItems(TokenText.Base62, text.Slice(TokenText.SecretAt, TokenText.SecretLength));
        TokenText.WriteChecksum(text[..TokenText.ChecksumAt], text[TokenText.ChecksumAt..]);
        var issued = new IssuedToken(text.ToString(), new TokenRecord(id, kind, HashOf(text[..TokenText.ChecksumAt]), expiresAt));
        text.Clear();
        return issued;
    }

    /// <summary>
    /// Checks a presented token against the record of its id. Takes the same steps whether there is such a record or not, and
    /// looks at revocation and expiry only for the holder of the secret, so that timing names no ids. Allocates nothing.
    /// </summary>
    /// <param name="presented">What the caller sent.</param>
    /// <param name="record">The record kept under the presented id; none when there is none.</param>
    /// <param name="now">The time that counts for expiry.</param>
    public TokenVerdict Verify(in PresentedToken presented, TokenRecord? record, DateTimeOffset now)
    {
        var actual = HashOf(presented.Hashed);
        var expected = record?.SecretHash ?? default; // a default hash stands in for the unknown; nothing hashes to it
        var matches = actual.FixedTimeEquals(expected);
        if (record is null)
            return TokenVerdict.Unknown;
        if (!matches || record.Kind != presented.Kind || record.Id != presented.Id)
            return TokenVerdict.WrongSecret;
        if (record.RevokedAt is not null)
            return TokenVerdict.Revoked;
        return record.ExpiresAt <= now ? TokenVerdict.Expired : TokenVerdict.Accepted;
    }

    private Hash256 HashOf(ReadOnlySpan<char> hashed)
    {
        Span<byte> ascii = stackalloc byte[TokenText.ChecksumAt];
        Encoding.ASCII.GetBytes(hashed, ascii);
        Unsafe.SkipInit(out Hash256 hash);
        HMACSHA256.HashData(_pepper.Bytes, ascii, MemoryMarshal.AsBytes(new Span<Hash256>(ref hash)));
        CryptographicOperations.ZeroMemory(ascii);
        return hash;
    }
}
