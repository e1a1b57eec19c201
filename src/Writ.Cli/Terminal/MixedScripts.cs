using System.Text;

namespace Writ.Cli.Terminal;

/// <summary>
/// Finds words that mix Latin letters with letters made to be taken for them: those of the scripts that share shapes with Latin, and
/// styled copies of Latin itself. Whole words of one script are nobody's business, nor are scripts that look like nothing else.
/// </summary>
internal static class MixedScripts
{
    /// <summary>First and last code point of what looks like Latin and is not.</summary>
    private static readonly (int First, int Last)[] LookAlikes =
    [
        (0x0370, 0x058F), // Greek, Coptic, Cyrillic, Armenian
        (0x10A0, 0x10FF), // Georgian
        (0x13A0, 0x13FF), // Cherokee
        (0x1C80, 0x1C8F), // Cyrillic
        (0x1D00, 0x1DBF), // phonetic extensions
        (0x1F00, 0x1FFF), // Greek
        (0x2100, 0x218F), // letter-like symbols, Roman numerals
        (0x2C60, 0x2DFF), // Latin C, Coptic, Georgian, Cyrillic
        (0xA4D0, 0xA4FF), // Lisu
        (0xA640, 0xA69F), // Cyrillic
        (0xAB30, 0xABBF), // Latin E, Cherokee
        (0xFF21, 0xFF5A), // full-width letters
        (0x1D400, 0x1D7FF), // mathematical letters
    ];

    /// <summary>The first such word, or null.</summary>
    public static string? FirstIn(string text)
    {
        var word = new StringBuilder();
        var (latin, alike) = (false, false);
        foreach (var rune in text.EnumerateRunes().Append(new Rune(' ')))
        {
            if (Rune.IsLetterOrDigit(rune) || IsLookAlike(rune))
            {
                word.Append(rune.ToString());
                latin |= IsLatin(rune);
                alike |= IsLookAlike(rune);
                continue;
            }

            if (latin && alike)
                return word.ToString();
            word.Clear();
            (latin, alike) = (false, false);
        }

        return null;
    }

    private static bool IsLatin(Rune rune) =>
        Rune.IsLetter(rune) && rune.Value is (>= 'A' and <= 'z') or (>= 0x00AA and <= 0x024F) or (>= 0x1E00 and <= 0x1EFF);

    private static bool IsLookAlike(Rune rune) => LookAlikes.Any(range => rune.Value >= range.First && rune.Value <= range.Last);
}
