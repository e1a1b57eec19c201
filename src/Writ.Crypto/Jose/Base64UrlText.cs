using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;

namespace Writ.Crypto.Jose;

/// <summary>
/// Base64url as JOSE writes it (RFC 7515 section 2): no padding, no white space, no other character, unused bits zero. So every byte
/// string has one text, and a text that was altered is never read as the one that was signed. Stateless and thread safe.
/// </summary>
public static class Base64UrlText
{
    private static readonly SearchValues<byte> Alphabet = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"u8);

    /// <summary>Decodes a text given as ASCII bytes; false when it is not the one text of some byte string. The empty text is the empty byte string.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> text, [NotNullWhen(true)] out byte[]? bytes)
    {
        bytes = null;
        if (text.Length % 4 == 1 || text.ContainsAnyExcept(Alphabet) || !UnusedBitsAreZero(text))
            return false;
        bytes = Base64Url.DecodeFromUtf8(text);
        return true;
    }

    /// <summary>Decodes a text given as characters; see the other overload.</summary>
    public static bool TryDecode(ReadOnlySpan<char> text, [NotNullWhen(true)] out byte[]? bytes)
    {
        bytes = null;
        var rented = ArrayPool<byte>.Shared.Rent(Math.Max(1, text.Length));
        try
        {
            return System.Text.Ascii.FromUtf16(text, rented, out var written) == OperationStatus.Done && TryDecode(rented.AsSpan(0, written), out bytes);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented, clearArray: true);
        }
    }

    // Two characters carry 12 bits for 8, three carry 18 for 16.
    private static bool UnusedBitsAreZero(ReadOnlySpan<byte> text) => (text.Length % 4) switch
    {
        2 => (ValueOf(text[^1]) & 0b1111) == 0,
        3 => (ValueOf(text[^1]) & 0b11) == 0,
        _ => true,
    };

    private static int ValueOf(byte character) => character switch
    {
        >= (byte)'A' and <= (byte)'Z' => character - 'A',
        >= (byte)'a' and <= (byte)'z' => character - 'a' + 26,
        >= (byte)'0' and <= (byte)'9' => character - '0' + 52,
        (byte)'-' => 62,
        _ => 63,
    };
}
