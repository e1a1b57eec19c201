using System.Globalization;

namespace Writ.Governance.Schemas.Patterns;

/// <summary>A class of code points, ready to be asked: sorted ranges, a table for ASCII, categories for the rest. Immutable.</summary>
internal sealed class CodePointClass
{
    private readonly int[] _from;
    private readonly int[] _to;
    private readonly int _categories;
    private readonly bool _negated;
    private readonly UInt128 _ascii;

    public CodePointClass(IReadOnlyList<(int From, int To)> sortedRanges, int categories, bool negated)
    {
        _from = [.. sortedRanges.Select(range => range.From)];
        _to = [.. sortedRanges.Select(range => range.To)];
        _categories = categories;
        _negated = negated;
        for (var codePoint = 0; codePoint < 128; codePoint++)
        {
            if (IsIn(codePoint))
                _ascii |= UInt128.One << codePoint;
        }
    }

    public bool Contains(int codePoint) =>
        codePoint < 128 ? ((ulong)(codePoint < 64 ? _ascii : _ascii >> 64) >> (codePoint & 63) & 1) != 0 : IsIn(codePoint);

    private bool IsIn(int codePoint)
    {
        var at = Array.BinarySearch(_from, codePoint);
        at = at >= 0 ? at : ~at - 1;
        var found = (at >= 0 && codePoint <= _to[at])
            || (_categories != 0 && (_categories >> (int)CharUnicodeInfo.GetUnicodeCategory(codePoint) & 1) != 0);
        return found != _negated;
    }
}
