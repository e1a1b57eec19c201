namespace Writ.Governance.Schemas.Patterns;

/// <summary>A set of Unicode code points while it is being read: ranges, and whole categories as bits. Grows until it is made a class.</summary>
internal sealed class CodePointSet
{
    private const int Last = 0x10FFFF;
    private readonly List<(int From, int To)> _ranges = [];
    private int _categories;

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

    /// <summary>The code points of general categories, one bit each by the value of the framework's enumeration.</summary>
    public static CodePointSet OfCategories(int categories) => new() { _categories = categories };

    public CodePointSet Add(int codePoint) => Add(codePoint, codePoint);

    public CodePointSet Add(int from, int to)
    {
        _ranges.Add((from, to));
        return this;
    }

    public CodePointSet Add(CodePointSet other)
    {
        _ranges.AddRange(other._ranges);
        _categories |= other._categories;
        return this;
    }

    public CodePointClass ToClass(bool negated = false) => new(Merged(), _categories, negated);

    // Of sets without categories alone.
    private CodePointSet Complement()
    {
        var outside = new CodePointSet();
        var next = 0;
        foreach (var (from, to) in Merged())
        {
            if (from > next)
                outside.Add(next, from - 1);
            next = to + 1;
        }

        return outside.Add(next, Last);
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
}
