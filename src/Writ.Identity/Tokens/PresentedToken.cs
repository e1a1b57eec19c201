namespace Writ.Identity.Tokens;

/// <summary>
/// A token as a caller sent it: well formed, not yet believed. Lives on the stack and points into the caller's text, so that no
/// copy of the secret is left behind.
/// </summary>
public readonly ref struct PresentedToken
{
    /// <summary>The length of every token's text, in characters.</summary>
    public const int TextLength = TokenText.Length;

    private readonly ReadOnlySpan<char> _text;

    private PresentedToken(ReadOnlySpan<char> text, TokenKind kind, TokenId id)
    {
        _text = text;
        Kind = kind;
        Id = id;
    }

    /// <summary>Whose token it claims to be.</summary>
    public TokenKind Kind { get; }

    /// <summary>The id to look it up by.</summary>
    public TokenId Id { get; }

    /// <summary>All that the issuer hashed: kind, id and secret, without the checksum.</summary>
    internal ReadOnlySpan<char> Hashed => _text[..TokenText.ChecksumAt];

    /// <summary>Reads a token. There is one text for a token: no space, no other case, no other alphabet.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out PresentedToken token, out TokenFault fault)
    {
        token = default;
        fault = Check(text, out var kind);
        if (fault != TokenFault.None)
            return false;
        token = new PresentedToken(text, kind, new TokenId(Guid.ParseExact(text.Slice(TokenText.IdAt, TokenText.IdLength), "N")));
        return true;
    }

    /// <summary>Kind and id; never the secret.</summary>
    public override string ToString() => _text.IsEmpty ? "no token" : $"{TokenText.PrefixOf(Kind)}_{Id}_…";

    private static TokenFault Check(ReadOnlySpan<char> text, out TokenKind kind)
    {
        kind = default;
        if (text.Length != TokenText.Length)
            return TokenFault.WrongLength;
        if (!TokenText.TryKind(text[..TokenText.KindLength], out kind) || text[TokenText.KindLength] != '_')
            return TokenFault.UnknownKind;
        if (text.Slice(TokenText.IdAt, TokenText.IdLength).ContainsAnyExcept(TokenText.LowerHexCharacters)
            || text[TokenText.SecretAt - 1] != '_'
            || text[TokenText.SecretAt..].ContainsAnyExcept(TokenText.Base62Characters))
            return TokenFault.WrongCharacter;
        Span<char> checksum = stackalloc char[TokenText.ChecksumLength];
        TokenText.WriteChecksum(text[..TokenText.ChecksumAt], checksum);
        return text[TokenText.ChecksumAt..].SequenceEqual(checksum) ? TokenFault.None : TokenFault.WrongChecksum;
    }
}
