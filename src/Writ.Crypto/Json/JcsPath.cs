using System.Runtime.CompilerServices;
using System.Text;

namespace Writ.Crypto.Json;

/// <summary>Where a reader stands, level by level, kept cheaply and made into a JSON Pointer (RFC 6901) only for an error.</summary>
internal struct JcsPath
{
    private const int LongestPointer = 256;

    private Levels _levels;

    public void AtNothing(int depth) => _levels[depth] = new Level(-1, -1);

    public void AtIndex(int depth, int index) => _levels[depth] = new Level(index, -1);

    public void AtKey(int depth, int start, int length) => _levels[depth] = new Level(start, length);

    public string ToPointer(int depth, ReadOnlySpan<byte> output)
    {
        var text = new StringBuilder();
        for (var i = 1; i <= depth && text.Length < LongestPointer; i++)
        {
            var level = _levels[i];
            if (level.Start < 0)
                break;
            text.Append('/');
            if (level.Length < 0)
                text.Append(level.Start);
            else
                text.Append(Encoding.UTF8.GetString(output.Slice(level.Start, Math.Min(level.Length, 4 * LongestPointer))).Replace("~", "~0").Replace("/", "~1"));
        }

        return text.Length <= LongestPointer ? text.ToString() : string.Concat(text.ToString().AsSpan(0, LongestPointer - 1), "…");
    }

    // An index when Length is negative, else a key in the output; nothing yet when Start is negative.
    private readonly record struct Level(int Start, int Length);

    [InlineArray(JcsLimits.DepthCeiling + 1)]
    private struct Levels
    {
        private Level _first;
    }
}
