using System.Globalization;
using System.Text;

namespace Writ.Governance.Agents;

/// <summary>A short text about an agent that people read: nothing in it is hidden, moves the cursor or turns the direction of writing (T81).</summary>
public static class AgentLabel
{
    /// <summary>The longest name, in characters.</summary>
    public const int MaxLength = 64;

    /// <summary>Whether a text has 1 to <paramref name="most"/> visible characters and no space at either end.</summary>
    public static bool IsValid(string text, int most = MaxLength)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length > 0 && text.Length <= most && text.Trim().Length == text.Length && text.EnumerateRunes().All(IsVisible);
    }

    /// <summary>The text with what is hidden in it left out, cut to a length; null where nothing is left.</summary>
    public static string? Inert(string? text, int most = MaxLength)
    {
        if (text is null)
            return null;
        var kept = new StringBuilder();
        foreach (var rune in text.EnumerateRunes().Where(IsVisible))
        {
            if (kept.Length + rune.Utf16SequenceLength > most)
                break;
            kept.Append(rune.ToString());
        }

        var inert = kept.ToString().Trim();
        return inert.Length > 0 ? inert : null;
    }

    private static bool IsVisible(Rune rune) => rune != Rune.ReplacementChar && Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or
        UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
