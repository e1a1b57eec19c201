using System.Diagnostics.CodeAnalysis;

namespace Writ.Identity.Dids;

/// <summary>
/// Base58 in Bitcoin's alphabet, as multibase <c>z</c> has it. The work grows with the square of the length, so both directions are for keys
/// and signatures, not for documents. Stateless and thread safe.
/// </summary>
internal static class Base58
{
    /// <summary>The longest text that is decoded: enough for a signature or the key of any curve.</summary>
    public const int MaxLength = 256;

    private const string Alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

    public static string Encode(ReadOnlySpan<byte> bytes)
    {
        var zeros = bytes.IndexOfAnyExcept((byte)0);
        zeros = zeros < 0 ? bytes.Length : zeros;
        Span<byte> digits = stackalloc byte[((bytes.Length * 138) / 100) + 1];
        var used = 0;
        foreach (var value in bytes[zeros..])
        {
            int carry = value;
            for (var i = 0; i < used || carry != 0; i++)
            {
                carry += i < used ? digits[i] << 8 : 0;
                digits[i] = (byte)(carry % 58);
                carry /= 58;
                used = Math.Max(used, i + 1);
            }
        }

        Span<char> text = stackalloc char[zeros + used];
        text[..zeros].Fill(Alphabet[0]);
        for (var i = 0; i < used; i++)
            text[zeros + i] = Alphabet[digits[used - 1 - i]];
        return new string(text);
    }

    public static bool TryDecode(ReadOnlySpan<char> text, [NotNullWhen(true)] out byte[]? bytes)
    {
        bytes = null;
        if (text.Length is 0 or > MaxLength)
            return false;
        var zeros = text.IndexOfAnyExcept(Alphabet[0]);
        zeros = zeros < 0 ? text.Length : zeros;
        Span<byte> values = stackalloc byte[text.Length];
        var used = 0;
        foreach (var character in text[zeros..])
        {
            var carry = Alphabet.IndexOf(character, StringComparison.Ordinal);
            if (carry < 0)
                return false;
            for (var i = 0; i < used || carry != 0; i++)
            {
                carry += i < used ? values[i] * 58 : 0;
                values[i] = (byte)carry;
                carry >>= 8;
                used = Math.Max(used, i + 1);
            }
        }

        bytes = new byte[zeros + used];
        for (var i = 0; i < used; i++)
            bytes[zeros + i] = values[used - 1 - i];
        return true;
    }
}
