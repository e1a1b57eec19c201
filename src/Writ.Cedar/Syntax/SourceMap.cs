namespace Writ.Cedar.Syntax;

/// <summary>Finds line and column of an offset. Offsets are asked in mostly rising order, but need not be.</summary>
internal sealed class SourceMap
{
    private readonly int[] _lineStarts;

    public SourceMap(string source)
    {
        var starts = new List<int> { 0 };
        for (var at = 0; at < source.Length; at++)
        {
            if (source[at] == '\n' || (source[at] == '\r' && (at + 1 == source.Length || source[at + 1] != '\n')))
                starts.Add(at + 1);
        }

        _lineStarts = [.. starts];
    }

    public SourcePosition At(int offset)
    {
        var line = Array.BinarySearch(_lineStarts, offset);
        if (line < 0)
            line = ~line - 1;
        return new SourcePosition(line + 1, offset - _lineStarts[line] + 1);
    }
}
