using System.Globalization;
using Writ.Governance.Records;

namespace Writ.Governance.Querying.Language;

/// <summary>A span of time as a query writes it: a year, a quarter, a month, a day, or a moment; UTC where nothing else is said.</summary>
/// <param name="First">Its first microsecond since 1970-01-01 UTC.</param>
/// <param name="Last">Its last.</param>
internal readonly record struct Period(long First, long Last)
{
    public const string Forms = "2026, 2026-Q3, 2026-07, 2026-07-31 or 2026-07-31T14:30:00Z";

    private static readonly string[] Moments = ["yyyy-MM-ddTHH:mmK", "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mm:ss.FFFFFFK"];

    public static Period? Read(string text)
    {
        if (text.Length == 7 && text[4] == '-' && text[5] is 'Q' or 'q' && text[6] is >= '1' and <= '4' && Year(text[..4]) is { } year)
            return Of(year.AddMonths(3 * (text[6] - '1')), start => start.AddMonths(3));
        if (text.Length == 4)
            return Year(text) is { } whole ? Of(whole, start => start.AddYears(1)) : null;
        if (Exact(text, "yyyy-MM") is { } month)
            return Of(month, start => start.AddMonths(1));
        if (Exact(text, "yyyy-MM-dd") is { } day)
            return Of(day, start => start.AddDays(1));
        // A time without an offset would mean another moment on every desk.
        return text.Length > 11 && (text[^1] == 'Z' || text.AsSpan(11).IndexOfAny('+', '-') > 0)
            && DateTimeOffset.TryParseExact(text, Moments, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
                ? new Period(Timestamp.ToMicroseconds(moment), Timestamp.ToMicroseconds(moment))
                : null;
    }

    private static DateTimeOffset? Year(string text) => Exact(text, "yyyy");

    private static DateTimeOffset? Exact(string text, string format) =>
        DateTimeOffset.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var start) && start.Year is >= 1970 and < 9999
            ? start
            : null;

    private static Period Of(DateTimeOffset start, Func<DateTimeOffset, DateTimeOffset> next) =>
        new(Timestamp.ToMicroseconds(start), Timestamp.ToMicroseconds(next(start)) - 1);
}
