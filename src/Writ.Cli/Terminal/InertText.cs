using System.Globalization;
using System.Text;

namespace Writ.Cli.Terminal;

/// <summary>
/// Makes text that somebody else wrote harmless to show: whatever could move the cursor, colour the screen, turn the writing
/// direction, hide, or join lines becomes a visible <c>\u{…}</c>; a backslash is doubled so that nobody can fake one. The result is one
/// line of printable characters. It is no markup: <see cref="Screen"/> never reads markup in what it shows.
/// </summary>
internal static class InertText
{
    /// <summary>How many combining marks one letter may carry; real writing needs few, piles of them cover other lines.</summary>
    private const int MostMarks = 3;

    /// <summary>The text, inert, cut after so many characters of the original with the count of what is missing.</summary>
    public static string Of(string text, int most = 2_000)
    {
        var shown = new StringBuilder(text.Length);
        var read = 0;
        var marks = MostMarks; // a mark with nothing before it would sit on our own text
        foreach (var rune in text.EnumerateRunes())
        {
            if (read >= most)
                return shown.Append(CultureInfo.InvariantCulture, $" … and {text.Length - read:N0} more characters").ToString();
            marks = IsMark(rune) ? marks + 1 : 0;
            var unpaired = rune == Rune.ReplacementChar && text[read] != '\uFFFD';
            if (unpaired || marks > MostMarks || !IsHarmless(rune))
                AppendEscaped(shown, unpaired ? text[read] : rune.Value);
            else
                shown.Append(rune.ToString());
            read += rune.Utf16SequenceLength;
        }

        return shown.ToString();
    }

    /// <summary>The text with every character beyond printable ASCII escaped, so that look-alikes show.</summary>
    public static string Ascii(string text)
    {
        var shown = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (c is >= ' ' and <= '~' and not '\\')
                shown.Append(c);
            else
                AppendEscaped(shown, c);
        }

        return shown.ToString();
    }

    private static void AppendEscaped(StringBuilder shown, int value)
    {
        if (value == '\\')
            shown.Append(@"\\");
        else if (value == '\n')
            shown.Append(@"\n");
        else
            shown.Append(CultureInfo.InvariantCulture, $"\\u{{{value:X4}}}");
    }

    private static bool IsMark(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    /// <summary>Letters, marks after letters, digits, punctuation, symbols, and the plain space.</summary>
    private static bool IsHarmless(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse => false,
        UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => false,
        UnicodeCategory.EnclosingMark => false,
        UnicodeCategory.SpaceSeparator => rune.Value == ' ',
        _ => rune.Value != '\\' && !IsBlank(rune),
    };

    /// <summary>Characters that are letters, marks or symbols by category and yet show nothing: fillers, variation selectors, braille blank.</summary>
    private static bool IsBlank(Rune rune) =>
        rune.Value is 0x115F or 0x1160 or 0x3164 or 0xFFA0 or 0x2800 or 0x034F or 0x17B4 or 0x17B5
            or (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF) or (>= 0x180B and <= 0x180F);
}
