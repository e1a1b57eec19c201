using System.Globalization;
using System.Text;

namespace Writ.Governance.Schemas.Values;

/// <summary>
/// What of an untrusted text may stand in a message: at most <see cref="MaxLength"/> characters, none of which moves the
/// cursor, changes the direction of writing or cannot be seen.
/// </summary>
internal static class Printable
{
    public const int MaxLength = 40;

    public static bool Is(string text)
    {
        if (text.Length > MaxLength)
            return false;
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsHidden(rune))
                return false;
        }

        return true;
    }

    /// <summary>The text in quotes, cut to <see cref="MaxLength"/>, each hidden character shown by its number.</summary>
    public static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var rune in text.EnumerateRunes())
        {
            var shown = IsHidden(rune) ? string.Create(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:X}}}") : rune.ToString();
            if (quoted.Length + shown.Length > MaxLength)
                return quoted.Append("…\"").ToString();
            quoted.Append(shown);
        }

        return quoted.Append('"').ToString();
    }

    private static bool IsHidden(Rune rune) => rune.Value == 0xFFFD || Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or
        UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
