using System.Buffers;
using System.Text;

namespace Writ.Crypto.Json;

/// <summary>Characters of a canonical string, RFC 8785 section 3.2.2.2: escaped only where JSON demands it, and then in one way.</summary>
internal static class JcsText
{
    /// <summary>Most bytes that one character takes: a <c>\u00xx</c> escape.</summary>
    public const int LongestCharacter = 6;

    /// <summary>The bytes that cannot stand for themselves inside a string: controls, quote, backslash.</summary>
    public static SearchValues<byte> Special { get; } =
        SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(b => (byte)b), (byte)'"', (byte)'\\']);

    /// <summary>Writes one character; <paramref name="destination"/> has room for <see cref="LongestCharacter"/> bytes.</summary>
    public static int Encode(Rune rune, Span<byte> destination)
    {
        if (rune.Value >= 0x20 && rune.Value != '"' && rune.Value != '\\')
            return rune.EncodeToUtf8(destination);

        destination[0] = (byte)'\\';
        var letter = rune.Value switch
        {
            '"' => '"',
            '\\' => '\\',
            '\b' => 'b',
            '\t' => 't',
            '\n' => 'n',
            '\f' => 'f',
            '\r' => 'r',
            _ => 'u',
        };
        destination[1] = (byte)letter;
        if (letter != 'u')
            return 2;
        "00"u8.CopyTo(destination[2..]);
        destination[4] = (byte)('0' + (rune.Value >> 4));
        destination[5] = (byte)"0123456789abcdef"[rune.Value & 15];
        return LongestCharacter;
    }
}
