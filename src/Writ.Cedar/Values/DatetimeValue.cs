using System.Diagnostics.CodeAnalysis;

namespace Writ.Cedar.Values;

/// <summary>
/// An instant: milliseconds since 1970-01-01T00:00:00Z, leap seconds not counted, any 64-bit count. Made in a policy by
/// <c>datetime("2026-11-21T06:15:00Z")</c>.
/// </summary>
/// <param name="Milliseconds">Milliseconds since the Unix epoch; negative before it.</param>
public sealed record DatetimeValue(long Milliseconds) : Value
{
    internal const long DayMilliseconds = 86_400_000;

    /// <inheritdoc/>
    public override string TypeName => "datetime";

    /// <summary>The value of an instant, cut to milliseconds.</summary>
    public static DatetimeValue Of(DateTimeOffset instant) => new(instant.ToUnixTimeMilliseconds());

    /// <summary>
    /// Reads <c>YYYY-MM-DD</c> or <c>YYYY-MM-DDThh:mm:ss</c> with <c>.SSS</c> or nothing, then <c>Z</c> or <c>±hhmm</c>; false otherwise.
    /// Years run from 0000 to 9999 in the Gregorian calendar extended backwards.
    /// </summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out DatetimeValue? value) => DatetimeText.TryParse(text, out value, out _);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine((int)Milliseconds, (int)(Milliseconds >> 32));
}
