namespace Writ.Cedar.Syntax;

/// <summary>Cedar's identifiers: ASCII letters, digits and underscores, not starting with a digit.</summary>
internal static class Identifier
{
    public static bool IsStart(char c) => c == '_' || char.IsAsciiLetter(c);

    public static bool IsPart(char c) => c == '_' || char.IsAsciiLetterOrDigit(c);

    /// <summary>Whether the word has a meaning of its own, so that it can name no attribute, type or function.</summary>
    public static bool IsReserved(ReadOnlySpan<char> word) =>
        word is "true" or "false" or "if" or "then" or "else" or "in" or "is" or "like" or "has" or "__cedar";

    public static bool IsWellFormed(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || !IsStart(text[0]))
            return false;
        foreach (var c in text)
        {
            if (!IsPart(c))
                return false;
        }

        return true;
    }

    /// <summary>Whether the text can name an attribute, type or function without quotes.</summary>
    public static bool IsUsable(ReadOnlySpan<char> text) => IsWellFormed(text) && !IsReserved(text);
}
