namespace Writ.Cli.Terminal;

/// <summary>
/// Finds words that mix Latin letters with letters of another script, as look-alikes do. Whole words of one script are nobody's
/// business, whichever script it is.
/// </summary>
internal static class MixedScripts
{
    /// <summary>The first such word, or null.</summary>
    public static string? FirstIn(string text)
    {
        var start = 0;
        for (var at = 0; at <= text.Length; at++)
        {
            if (at < text.Length && char.IsLetterOrDigit(text[at]))
                continue;
            var word = text[start..at];
            if (word.Any(IsLatin) && word.Any(c => char.IsLetter(c) && !IsLatin(c)))
                return word;
            start = at + 1;
        }

        return null;
    }

    private static bool IsLatin(char c) =>
        char.IsAsciiLetter(c) || (char.IsLetter(c) && c is (>= '\u00AA' and <= '\u024F') or (>= '\u1E00' and <= '\u1EFF'));
}
