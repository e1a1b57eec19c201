using System.Globalization;

namespace Writ.Cli.Terminal;

/// <summary>Reads a span of time as people write it: a whole number with s, m, h or d.</summary>
internal static class SpanText
{
    /// <summary>The span, above zero and at most 3,650 days; null where it is none.</summary>
    public static TimeSpan? Parse(string text)
    {
        if (text.Length < 2 || !int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return null;
        var seconds = text[^1] switch { 's' => 1L, 'm' => 60L, 'h' => 3_600L, 'd' => 86_400L, _ => 0L } * number;
        return seconds is > 0 and <= 3_650L * 86_400 ? TimeSpan.FromSeconds(seconds) : null;
    }
}
