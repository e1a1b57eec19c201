using Writ.Cedar.Values;

namespace Writ.Cedar.Extensions;

/// <summary>The functions of the extension type <c>datetime</c>.</summary>
internal static class DatetimeFunctions
{
    public static readonly ExtensionFunction[] All =
    [
        ExtensionFunction.Constructor("datetime", Arguments.Parse<DatetimeValue>(DatetimeText.TryParse)),
        ExtensionFunction.Method("offset", 2, Arguments.Of<DatetimeValue, DurationValue>("datetime", "duration", Offset, "the result of offset does not fit 64 bits of milliseconds")),
        ExtensionFunction.Method("durationSince", 2, Arguments.Of<DatetimeValue, DatetimeValue>("datetime", "datetime", Since, "the result of durationSince does not fit 64 bits of milliseconds")),
        ExtensionFunction.Method("toDate", 1, Arguments.Of<DatetimeValue>("datetime", ToDate, "the start of the day does not fit 64 bits of milliseconds")),
        ExtensionFunction.Method("toTime", 1, Arguments.Of<DatetimeValue>("datetime", time => new DurationValue(InDay(time)))),
    ];

    private static DatetimeValue? Offset(DatetimeValue start, DurationValue by) =>
        Fits((Int128)start.Milliseconds + by.Milliseconds) is { } sum ? new DatetimeValue(sum) : null;

    private static DurationValue? Since(DatetimeValue end, DatetimeValue start) =>
        Fits((Int128)end.Milliseconds - start.Milliseconds) is { } difference ? new DurationValue(difference) : null;

    private static DatetimeValue? ToDate(DatetimeValue time) =>
        Fits((Int128)time.Milliseconds - InDay(time)) is { } midnight ? new DatetimeValue(midnight) : null;

    // The time of day counts from the midnight before, also before 1970.
    private static long InDay(DatetimeValue time)
    {
        var rest = time.Milliseconds % DatetimeValue.DayMilliseconds;
        return rest < 0 ? rest + DatetimeValue.DayMilliseconds : rest;
    }

    private static long? Fits(Int128 number) => number >= long.MinValue && number <= long.MaxValue ? (long)number : null;
}
