using System.Globalization;
using System.Text;
using Writ.Cedar.Expressions;

namespace Writ.Cedar.Analysis.Smt;

/// <summary>Texts, patterns and numbers in the notation of SMT-LIB 2.6.</summary>
internal static class SmtText
{
    // The standard's alphabet ends here: what lies beyond cannot be said.
    private const int LastCharacter = 0x2FFFF;

    /// <summary>A literal; null for a text that the standard cannot say.</summary>
    public static string? Of(string text)
    {
        var literal = new StringBuilder("\"");
        for (var at = 0; at < text.Length;)
        {
            if (!Rune.TryGetRuneAt(text, at, out var rune) || rune.Value > LastCharacter)
                return null;
            at += rune.Utf16SequenceLength;
            if (rune.Value == '"')
                literal.Append("\"\"");
            else if (rune.Value is >= ' ' and <= '~' and not '\\')
                literal.Append((char)rune.Value);
            else
                literal.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:x}}}");
        }

        return literal.Append('"').ToString();
    }

    /// <summary>The regular expression of a pattern; null for one that the standard cannot say.</summary>
    public static string? Of(LikePattern pattern)
    {
        var parts = new List<string>();
        for (var i = 0; i < pattern.Pieces.Length; i++)
        {
            if (i > 0)
                parts.Add("re.all");
            if (Of(pattern.Pieces[i]) is not { } literal)
                return null;
            if (pattern.Pieces[i].Length > 0 || pattern.Pieces.Length == 1)
                parts.Add($"(str.to_re {literal})");
        }

        return parts.Count == 1 ? parts[0] : $"(re.++ {string.Join(' ', parts)})";
    }

    public static string Of(Int128 number) => number < 0
        ? string.Create(CultureInfo.InvariantCulture, $"(- {UInt128.CreateChecked(-number)})")
        : number.ToString(CultureInfo.InvariantCulture);

    public static string Either(IReadOnlyCollection<string> parts) => parts.Count switch { 0 => "false", 1 => parts.First(), _ => $"(or {string.Join(' ', parts)})" };

    public static string Both(IReadOnlyCollection<string> parts) => parts.Count switch { 0 => "true", 1 => parts.First(), _ => $"(and {string.Join(' ', parts)})" };

    /// <summary>Reads what is between the quotes of a literal; null where it is none.</summary>
    public static string? Unquote(string literal)
    {
        var text = new StringBuilder();
        for (var at = 1; at < literal.Length - 1; at++)
        {
            if (literal[at] == '"')
                at++;
            if (literal[at] != '\\' || at + 2 >= literal.Length || literal[at + 1] != 'u')
            {
                text.Append(literal[at]);
                continue;
            }

            var isBraced = literal[at + 2] == '{';
            var end = isBraced ? literal.IndexOf('}', at) : at + 6;
            var digits = isBraced ? (at + 3)..Math.Max(end, at + 3) : (at + 2)..Math.Min(end, literal.Length);
            if (end < 0 || !int.TryParse(literal.AsSpan()[digits], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var character) || !Rune.IsValid(character))
                return null;
            text.Append(new Rune(character));
            at = isBraced ? end : end - 1;
        }

        return text.ToString();
    }
}
