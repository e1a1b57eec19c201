using System.Globalization;
using Writ.Cli.Terminal;

namespace Writ.Cli.Reports;

/// <summary>Pieces of queries made of what somebody typed.</summary>
internal static class QueryText
{
    /// <summary>A value in quotes, whatever stands in it.</summary>
    public static string Quoted(string value) => $"\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    /// <summary>The filter for a span of time; null, and why, where an end of it is no day.</summary>
    public static string? Period(string? from, string? to, out Trouble? trouble)
    {
        trouble = null;
        foreach (var (flag, day) in new[] { ("--from", from), ("--to", to) })
        {
            if (day is not null && !DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
                trouble = new Trouble(ExitCode.BadInput, $"{flag}: '{InertText.Of(day, 40)}' is no day") { Advice = "Write it as 2026-07-31, UTC." };
        }

        return trouble is not null ? null : (from, to) switch
        {
            (null, null) => "",
            (null, _) => $" and at <= {to}",
            (_, null) => $" and at >= {from}",
            _ => $" and at >= {from} and at <= {to}",
        };
    }

    /// <summary>Whether a moment is on one of the days of a <see cref="Period"/>.</summary>
    public static bool Covers(string? from, string? to, DateTimeOffset at)
    {
        var day = at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return (from is null || string.CompareOrdinal(day, from) >= 0) && (to is null || string.CompareOrdinal(day, to) <= 0);
    }
}
