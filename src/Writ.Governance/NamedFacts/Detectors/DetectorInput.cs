using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Writ.Cedar.Values;
using Writ.Governance.Schemas.Values;

namespace Writ.Governance.NamedFacts.Detectors;

/// <summary>What a detector reads: the values of the named arguments, in order.</summary>
/// <param name="Values">The values.</param>
/// <param name="Roots">The folders that count as inside, for <c>path</c>.</param>
internal sealed record DetectorInput(IReadOnlyList<JsonElement> Values, ImmutableArray<string> Roots)
{
    /// <summary>The most text that a fact is made of, in characters, so that a detector's time is bounded.</summary>
    public const int MaxText = 128 * 1024;

    /// <summary>Every text, arrays of texts flattened; null where something else is there, or too much.</summary>
    public List<string>? Texts()
    {
        var texts = new List<string>();
        var length = 0;
        foreach (var value in Values.SelectMany(v => v.ValueKind == JsonValueKind.Array ? v.EnumerateArray().AsEnumerable() : [v]))
        {
            if (value.ValueKind != JsonValueKind.String || JsonText.Of(value) is not { } text || (length += text.Length) > MaxText)
                return null;
            texts.Add(text);
        }

        return texts;
    }

    /// <summary>The same text as a reader sees it: wide forms folded, invisible characters dropped, digits in ASCII, lower case.</summary>
    public static string Seen(string text)
    {
        var seen = new StringBuilder(text.Length);
        foreach (var written in text)
        {
            // The wide forms of ASCII. Not by Unicode's normalization, which does nothing where no ICU is.
            var c = written is >= '\uFF01' and <= '\uFF5E' ? (char)(written - 0xFEE0) : written;
            switch (char.GetUnicodeCategory(c))
            {
                case UnicodeCategory.Format or UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark:
                    break;
                case UnicodeCategory.DecimalDigitNumber:
                    seen.Append((char)('0' + CharUnicodeInfo.GetDecimalDigitValue(c)));
                    break;
                case UnicodeCategory.DashPunctuation:
                    seen.Append('-');
                    break;
                default:
                    seen.Append(char.IsWhiteSpace(c) ? ' ' : c switch { '٪' or '\uFE6A' => '%', '−' => '-', '٫' => '.', '٬' => ',', '’' => '\'', _ => char.ToLowerInvariant(c) });
                    break;
            }
        }

        return seen.ToString();
    }

    public static PoisonValue NoText { get; } = new($"the arguments hold something other than text, or more than {MaxText} characters");

    public static SetValue Set(IEnumerable<string> words) => SetValue.Of(words.Select(word => (Value)word));
}
