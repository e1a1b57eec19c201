using System.Text;

namespace Writ.Gateways.Mcp.Upstreams;

/// <summary>
/// Keeps the newest bytes of a child's standard error. Taking them never waits and never grows, so a flood neither
/// blocks the child nor fills memory. Thread safe.
/// </summary>
internal sealed class StderrTail(int capacity)
{
    private readonly Lock _lock = new();
    private readonly byte[] _ring = new byte[capacity];
    private long _total;

    /// <summary>Bytes taken in all, kept or not.</summary>
    public long Total
    {
        get
        {
            lock (_lock)
                return _total;
        }
    }

    public void Take(ReadOnlySpan<byte> bytes)
    {
        lock (_lock)
        {
            _total += bytes.Length;
            bytes = bytes[Math.Max(0, bytes.Length - capacity)..];
            var at = (int)((_total - bytes.Length) % capacity);
            var first = Math.Min(bytes.Length, capacity - at);
            bytes[..first].CopyTo(_ring.AsSpan(at));
            bytes[first..].CopyTo(_ring);
        }
    }

    /// <summary>The kept text; control characters other than line ends are escaped, so that it can be shown and logged.</summary>
    public override string ToString()
    {
        byte[] kept;
        lock (_lock)
        {
            var length = (int)Math.Min(_total, capacity);
            var start = (int)((_total - length) % capacity);
            var first = Math.Min(length, capacity - start);
            kept = [.. _ring.AsSpan(start, first), .. _ring.AsSpan(0, length - first)];
        }

        var text = new StringBuilder(kept.Length);
        foreach (var rune in Encoding.UTF8.GetString(kept).EnumerateRunes())
        {
            if (rune.Value != '\n' && Rune.GetUnicodeCategory(rune) is
                System.Globalization.UnicodeCategory.Control or System.Globalization.UnicodeCategory.Format
                or System.Globalization.UnicodeCategory.LineSeparator or System.Globalization.UnicodeCategory.ParagraphSeparator)
                text.Append(System.Globalization.CultureInfo.InvariantCulture, $"\\u{{{rune.Value:x}}}");
            else
                text.Append(rune);
        }

        return text.ToString();
    }
}
