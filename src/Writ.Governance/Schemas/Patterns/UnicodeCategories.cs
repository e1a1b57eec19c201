using System.Collections.Frozen;
using System.Globalization;

namespace Writ.Governance.Schemas.Patterns;

/// <summary>The general categories that <c>\p{…}</c> may name (ECMA-262, table 68), as bits by <see cref="UnicodeCategory"/>.</summary>
internal static class UnicodeCategories
{
    private const int All = (1 << 30) - 1;

    // Short name, long name, and the short names it consists of where it is a group.
    private static readonly FrozenDictionary<string, int> Named = Read(
        "Lu Uppercase_Letter|Ll Lowercase_Letter|Lt Titlecase_Letter|Lm Modifier_Letter|Lo Other_Letter|Mn Nonspacing_Mark|Mc Spacing_Mark"
        + "|Me Enclosing_Mark|Nd Decimal_Number|Nl Letter_Number|No Other_Number|Zs Space_Separator|Zl Line_Separator|Zp Paragraph_Separator"
        + "|Cc Control|Cf Format|Cs Surrogate|Co Private_Use|Pc Connector_Punctuation|Pd Dash_Punctuation|Ps Open_Punctuation"
        + "|Pe Close_Punctuation|Pi Initial_Punctuation|Pf Final_Punctuation|Po Other_Punctuation|Sm Math_Symbol|Sc Currency_Symbol"
        + "|Sk Modifier_Symbol|So Other_Symbol|Cn Unassigned",
        "L Letter|M Mark|N Number|Z Separator|C Other|P Punctuation|S Symbol");

    /// <summary>The bits of a name, as it stands between the braces; null for other properties, such as scripts.</summary>
    public static int? Find(string name)
    {
        foreach (var prefix in (ReadOnlySpan<string>)["General_Category=", "gc="])
        {
            if (name.StartsWith(prefix, StringComparison.Ordinal))
                name = name[prefix.Length..];
        }

        return Named.TryGetValue(name, out var bits) ? bits : null;
    }

    public static int Complement(int bits) => All & ~bits;

    private static FrozenDictionary<string, int> Read(string single, string groups)
    {
        // The single names are in the order of the framework's enumeration.
        var named = new Dictionary<string, int>(StringComparer.Ordinal) { ["digit"] = 1 << (int)UnicodeCategory.DecimalDigitNumber };
        var bit = 0;
        foreach (var names in single.Split('|'))
        {
            foreach (var name in names.Split(' '))
                named.Add(name, 1 << bit);
            bit++;
        }

        foreach (var names in groups.Split('|'))
        {
            var bits = named.Where(pair => pair.Key.Length == 2 && pair.Key[0] == names[0]).Aggregate(0, (sum, pair) => sum | pair.Value);
            foreach (var name in names.Split(' '))
                named.Add(name, bits);
        }

        return named.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
