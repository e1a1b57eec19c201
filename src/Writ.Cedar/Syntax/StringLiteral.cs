using System.Globalization;
using System.Text;

namespace Writ.Cedar.Syntax;

/// <summary>Writes strings and patterns as Cedar literals. What is invisible or misleading in print is written as an escape.</summary>
internal static class StringLiteral
{
    public static string Quote(string text)
    {
        var quoted = new StringBuilder(text.Length + 2).Append('"');
        AppendEscaped(quoted, text);
        return quoted.Append('"').ToString();
    }

    public static void AppendEscaped(StringBuilder target, string text, bool asPattern = false)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            switch (rune.Value)
            {
                case '"':
                    target.Append("\\\"");
                    break;
                case '\\':
                    target.Append("\\\\");
                    break;
                case '\n':
                    target.Append("\\n");
                    break;
                case '\r':
                    target.Append("\\r");
                    break;
                case '\t':
                    target.Append("\\t");
                    break;
                case '\0':
                    target.Append("\\0");
                    break;
                case '*' when asPattern:
                    target.Append("\\*");
                    break;
                default:
                    if (IsPrintable(rune))
                        target.Append(rune.ToString());
                    else
                        target.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:x}}}");
                    break;
            }
        }
    }

    private static bool IsPrintable(Rune rune) => rune.Value is ' ' || Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator or UnicodeCategory.Surrogate);
}
