using System.Globalization;
using System.Text;

namespace Writ.Governance.Schemas.Patterns;

/// <summary>A set of Unicode code points without the surrogates, which are none. Grows until it is written.</summary>
internal sealed class CodePointSet
{
    private const int Last = 0x10FFFF;
    private readonly List<(int From, int To)> _ranges = [];

    /// <summary>What <c>.</c> stands for: all but the line terminators of ECMA-262, 12.3.</summary>
    public static CodePointSet AnyButLineEnd => new CodePointSet().Add('\n').Add('\r').Add(0x2028, 0x2029).Complement();

    /// <summary>The set of <c>\d \w \s \D \W \S</c> as ECMA-262 has them: digits and words of ASCII alone.</summary>
    public static CodePointSet? OfEscape(char escape) => escape switch
    {
        'd' => new CodePointSet().Add('0', '9'),
        'w' => new CodePointSet().Add('0', '9').Add('A', 'Z').Add('_').Add('a', 'z'),
        's' => new CodePointSet().Add(0x09, 0x0D).Add(' ').Add(0xA0).Add(0x1680).Add(0x2000, 0x200A).Add(0x2028, 0x2029)
            .Add(0x202F).Add(0x205F).Add(0x3000).Add(0xFEFF),
        'D' or 'W' or 'S' => OfEscape(char.ToLowerInvariant(escape))!.Complement(),
        _ => null,
    };

    public CodePointSet Add(int codePoint) => Add(codePoint, codePoint);

    public CodePointSet Add(int from, int to)
    {
        _ranges.Add((from, to));
        return this;
    }

    public CodePointSet Add(CodePointSet other)
    {
        _ranges.AddRange(other._ranges);
        return this;
    }

    public CodePointSet Complement()
    {
        var outside = new CodePointSet();
        var next = 0;
        foreach (var (from, to) in Merged())
        {
            if (from > next)
                outside.Add(next, from - 1);
            next = to + 1;
        }

        return next > Last ? outside : outside.Add(next, Last);
    }

    /// <summary>Writes the set for an engine that matches UTF-16 units; returns how many states it takes there.</summary>
    public int WriteTo(StringBuilder regex)
    {
        var plane0 = new StringBuilder();
        var pairs = new List<string>();
        foreach (var (from, to) in Merged())
        {
            WriteUnits(plane0, from, Math.Min(to, 0xD7FF));
            WriteUnits(plane0, Math.Max(from, 0xE000), Math.Min(to, 0xFFFF));
            WritePairs(pairs, Math.Max(from, 0x10000), to);
        }

        if (plane0.Length > 0)
            pairs.Insert(0, $"[{plane0}]");
        if (pairs.Count == 0)
            pairs.Add(@"[^\u0000-\uFFFF]");
        regex.Append("(?:").AppendJoin('|', pairs).Append(')');
        return (2 * pairs.Count) - 1;
    }

    private List<(int From, int To)> Merged()
    {
        var merged = new List<(int From, int To)>();
        foreach (var range in _ranges.OrderBy(r => r.From))
        {
            if (merged.Count > 0 && range.From <= merged[^1].To + 1)
                merged[^1] = (merged[^1].From, Math.Max(merged[^1].To, range.To));
            else
                merged.Add(range);
        }

        return merged;
    }

    private static void WriteUnits(StringBuilder units, int from, int to)
    {
        if (from <= to)
            units.Append(Unit(from)).Append('-').Append(Unit(to));
    }

    private static void WritePairs(List<string> pairs, int from, int to)
    {
        // Up to three blocks: the rest of the first high surrogate, the whole ones, the start of the last.
        while (from <= to)
        {
            var (high, low) = Split(from);
            var (lastHigh, lastLow) = Split(to);
            if (high == lastHigh)
            {
                pairs.Add($"{Unit(high)}[{Unit(low)}-{Unit(lastLow)}]");
                return;
            }

            if (low != 0xDC00)
            {
                pairs.Add($"{Unit(high)}[{Unit(low)}-{Unit(0xDFFF)}]");
                from += 0xDFFF - low + 1;
                continue;
            }

            var whole = lastLow == 0xDFFF ? lastHigh : lastHigh - 1;
            pairs.Add($"[{Unit(high)}-{Unit(whole)}][{Unit(0xDC00)}-{Unit(0xDFFF)}]");
            from += (whole - high + 1) * 0x400;
        }
    }

    private static (int High, int Low) Split(int codePoint) =>
        (0xD800 + ((codePoint - 0x10000) >> 10), 0xDC00 + ((codePoint - 0x10000) & 0x3FF));

    private static string Unit(int unit) => string.Create(CultureInfo.InvariantCulture, $"\\u{unit:X4}");
}
