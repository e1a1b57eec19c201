using System.Globalization;

namespace Writ.Cli.Terminal;

/// <summary>How moments and spans are written for people: UTC, to the second.</summary>
internal static class Instant
{
    public static string Of(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>Such as <c>in 28 min</c> or <c>2 h ago</c>.</summary>
    public static string Relative(DateTimeOffset at, DateTimeOffset now)
    {
        var span = at - now;
        var size = span.Duration() switch
        {
            { TotalSeconds: < 90 } d => $"{Math.Round(d.TotalSeconds):0} s",
            { TotalMinutes: < 90 } d => $"{Math.Round(d.TotalMinutes):0} min",
            { TotalHours: < 48 } d => $"{Math.Round(d.TotalHours):0} h",
            var d => $"{Math.Round(d.TotalDays):0} days",
        };
        return span < TimeSpan.Zero ? $"{size} ago" : $"in {size}";
    }
}
