using System.Buffers;
using System.Text;
using Writ.Crypto.Hashing;

namespace Writ.Identity.Tokens;

/// <summary>
/// The text of a token, 86 characters: <c>kind _ id _ secret checksum</c>. The id is 32 hexadecimal digits, the secret 43
/// characters of base62 (256 bits), the checksum six more: CRC-32C of all before it. Letters and digits only between the
/// underscores, so that a double click takes all of it; a fixed shape, so that secret scanners find it and drop near misses.
/// </summary>
internal static class TokenText
{
    public const int KindLength = 3;
    public const int IdLength = 32;
    public const int SecretLength = 43;
    public const int ChecksumLength = 6;
    public const int IdAt = KindLength + 1;
    public const int SecretAt = IdAt + IdLength + 1;
    public const int ChecksumAt = SecretAt + SecretLength;
    public const int Length = ChecksumAt + ChecksumLength;

    public const string Base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    public static SearchValues<char> Base62Characters { get; } = SearchValues.Create(Base62);

    public static SearchValues<char> LowerHexCharacters { get; } = SearchValues.Create("0123456789abcdef");

    public static string PrefixOf(TokenKind kind) => kind switch
    {
        TokenKind.AgentKey => "agk",
        TokenKind.PersonToken => "wpt",
        TokenKind.TaskToken => "wtt",
        TokenKind.EnforcementPointKey => "epk",
        TokenKind.Session => "wss",
        TokenKind.EnrolmentToken => "wet",
        TokenKind.DirectoryToken => "wdt",
        TokenKind.AgentEnrolment => "wae",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "not a kind of token"),
    };

    public static bool TryKind(ReadOnlySpan<char> prefix, out TokenKind kind)
    {
        (kind, var known) = prefix switch
        {
            "agk" => (TokenKind.AgentKey, true),
            "wpt" => (TokenKind.PersonToken, true),
            "wtt" => (TokenKind.TaskToken, true),
            "epk" => (TokenKind.EnforcementPointKey, true),
            "wss" => (TokenKind.Session, true),
            "wet" => (TokenKind.EnrolmentToken, true),
            "wdt" => (TokenKind.DirectoryToken, true),
            "wae" => (TokenKind.AgentEnrolment, true),
            _ => (default, false),
        };
        return known;
    }

    /// <summary>Writes the checksum of an ASCII text as six characters of base62, most significant first.</summary>
    public static void WriteChecksum(ReadOnlySpan<char> text, Span<char> checksum)
    {
        Span<byte> ascii = stackalloc byte[ChecksumAt];
        var value = Crc32C.Compute(ascii[..Encoding.ASCII.GetBytes(text, ascii)]);
        for (var i = ChecksumLength - 1; i >= 0; i--)
        {
            checksum[i] = Base62[(int)(value % 62)];
            value /= 62;
        }
    }
}
