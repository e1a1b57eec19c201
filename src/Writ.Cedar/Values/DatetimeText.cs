using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Writ.Cedar.Values;

/// <summary>The textual form of a datetime (Cedar RFC 80), read left to right, and written back.</summary>
internal static class DatetimeText
{
    private const long YearZero = -62_167_219_200_000;
    private const long EndOfYear9999 = 253_402_300_800_000;

    public static bool TryParse(string? text, [NotNullWhen(true)] out DatetimeValue? value, out string problem)
    {
        value = null;
        var rest = text.AsSpan();

        problem = "a datetime starts with YYYY-MM-DD";
        if (!Digits(ref rest, 4, out var year) || !Skip(ref rest, '-') || !Digits(ref rest, 2, out var month)
            || !Skip(ref rest, '-') || !Digits(ref rest, 2, out var day))
        {
            return false;
        }

        if (rest.IsEmpty)
        {
            problem = "there is no such day in the calendar";
            if (!IsDay(year, month, day))
                return false;
            value = new DatetimeValue(DaysFromEpoch(year, month, day) * DatetimeValue.DayMilliseconds);
            return true;
        }

        problem = "the time of a datetime is Thh:mm:ss";
        if (!Skip(ref rest, 'T') || !Digits(ref rest, 2, out var hour) || !Skip(ref rest, ':') || !Digits(ref rest, 2, out var minute)
            || !Skip(ref rest, ':') || !Digits(ref rest, 2, out var second))
        {
            return false;
        }

        problem = "the time of a datetime ends in Z, .SSSZ, ±hhmm or .SSS±hhmm";
        var millisecond = 0;
        if (Skip(ref rest, '.') && !Digits(ref rest, 3, out millisecond))
            return false;
        var offsetMinutes = 0;
        if (!Skip(ref rest, 'Z'))
        {
            var sign = Skip(ref rest, '+') ? 1 : Skip(ref rest, '-') ? -1 : 0;
            if (sign == 0 || !Digits(ref rest, 2, out var offsetHour) || !Digits(ref rest, 2, out var offsetMinute))
                return false;
            if (offsetHour > 23 || offsetMinute > 59)
            {
                problem = "the offset of a datetime is at most 2359";
                return false;
            }

            offsetMinutes = sign * ((offsetHour * 60) + offsetMinute);
        }

        if (!rest.IsEmpty)
            return false;
        problem = "there is no such day in the calendar";
        if (!IsDay(year, month, day))
            return false;
        problem = "there is no such time of day";
        if (hour > 23 || minute > 59 || second > 59)
            return false;

        var seconds = (((hour * 60L) + minute - offsetMinutes) * 60) + second;
        value = new DatetimeValue((DaysFromEpoch(year, month, day) * DatetimeValue.DayMilliseconds) + (seconds * 1000) + millisecond);
        return true;
    }

    /// <summary>The shortest literal that <see cref="TryParse"/> reads back; null for an instant outside the years 0000 to 9999.</summary>
    public static string? Write(long milliseconds)
    {
        if (milliseconds < YearZero || milliseconds >= EndOfYear9999)
            return null;
        var days = Math.DivRem(milliseconds - YearZero, DatetimeValue.DayMilliseconds, out var inDay);
        var (year, month, day) = Civil(days);
        var date = string.Create(CultureInfo.InvariantCulture, $"{year:D4}-{month:D2}-{day:D2}");
        if (inDay == 0)
            return date;
        var (second, millisecond) = Math.DivRem(inDay, 1000);
        var time = string.Create(CultureInfo.InvariantCulture, $"{date}T{second / 3600:D2}:{second / 60 % 60:D2}:{second % 60:D2}");
        return millisecond == 0 ? time + "Z" : string.Create(CultureInfo.InvariantCulture, $"{time}.{millisecond:D3}Z");
    }

    private static bool Digits(ref ReadOnlySpan<char> rest, int count, out int number)
    {
        number = 0;
        if (rest.Length < count || rest[..count].ContainsAnyExceptInRange('0', '9'))
            return false;
        number = int.Parse(rest[..count], NumberStyles.None, CultureInfo.InvariantCulture);
        rest = rest[count..];
        return true;
    }

    private static bool Skip(ref ReadOnlySpan<char> rest, char expected)
    {
        if (rest.IsEmpty || rest[0] != expected)
            return false;
        rest = rest[1..];
        return true;
    }

    private static bool IsLeap(int year) => year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

    private static int DaysIn(int year, int month) => month switch
    {
        2 => IsLeap(year) ? 29 : 28,
        4 or 6 or 9 or 11 => 30,
        _ => 31,
    };

    private static bool IsDay(int year, int month, int day) => month is >= 1 and <= 12 && day >= 1 && day <= DaysIn(year, month);

    // The framework's calendar starts at year 1; Cedar's at year 0.
    private static long DaysFromEpoch(int year, int month, int day)
    {
        var days = (365L * year) + ((year + 3) / 4) - ((year + 99) / 100) + ((year + 399) / 400);
        for (var earlier = 1; earlier < month; earlier++)
            days += DaysIn(year, earlier);
        return days + day - 1 + (YearZero / DatetimeValue.DayMilliseconds);
    }

    private static (int Year, int Month, int Day) Civil(long daysFromYearZero)
    {
        var year = (int)(daysFromYearZero * 400 / 146_097);
        var offset = daysFromYearZero + (YearZero / DatetimeValue.DayMilliseconds);
        while (DaysFromEpoch(year, 1, 1) > offset)
            year--;
        while (DaysFromEpoch(year + 1, 1, 1) <= offset)
            year++;
        var day = (int)(offset - DaysFromEpoch(year, 1, 1));
        var month = 1;
        for (; day >= DaysIn(year, month); month++)
            day -= DaysIn(year, month);
        return (year, month, day + 1);
    }
}
