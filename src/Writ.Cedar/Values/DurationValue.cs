using System.Diagnostics.CodeAnalysis;

namespace Writ.Cedar.Values;

/// <summary>A length of time in milliseconds, any 64-bit count. Made in a policy by <c>duration("1d2h30m")</c>.</summary>
/// <param name="Milliseconds">The length; negative backwards.</param>
public sealed record DurationValue(long Milliseconds) : Value
{
    private static readonly (string Unit, long Milliseconds)[] Units = [("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1_000), ("ms", 1)];

    /// <inheritdoc/>
    public override string TypeName => "duration";

    /// <summary>The value of a time span, cut to milliseconds.</summary>
    public static DurationValue Of(TimeSpan span) => new(span.Ticks / TimeSpan.TicksPerMillisecond);

    /// <summary>Reads an optional <c>-</c> and at least one of <c>d h m s ms</c> with its count, in that order, each at most once; false otherwise.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out DurationValue? value) => TryParse(text, out value, out _);

    internal static bool TryParse(string? text, [NotNullWhen(true)] out DurationValue? value, out string problem)
    {
        value = null;
        problem = "a duration is counts with the units d, h, m, s and ms, in that order, such as 1d2h30m";
        var rest = text.AsSpan();
        var negative = rest is ['-', ..];
        if (negative)
            rest = rest[1..];
        if (rest.IsEmpty)
            return false;

        Int128 total = 0;
        var overflow = false;
        var next = 0;
        while (!rest.IsEmpty)
        {
            var digits = rest.IndexOfAnyExceptInRange('0', '9');
            if (digits < 1)
                return false;
            var count = rest[..digits];
            rest = rest[digits..];
            while (next < Units.Length && !StartsWithUnit(rest, Units[next].Unit))
                next++;
            if (next == Units.Length)
                return false;
            rest = rest[Units[next].Unit.Length..];
            if (ulong.TryParse(count, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number))
                total += (Int128)number * Units[next].Milliseconds;
            else
                overflow = true;
            next++;
        }

        if (negative)
            total = -total;
        if (overflow || total < long.MinValue || total > long.MaxValue)
        {
            problem = "a duration in milliseconds is a signed 64-bit integer";
            return false;
        }

        value = new DurationValue((long)total);
        return true;
    }

    // After a count, an m that an s follows is the unit ms.
    private static bool StartsWithUnit(ReadOnlySpan<char> rest, string unit) =>
        rest.StartsWith(unit, StringComparison.Ordinal) && (unit != "m" || rest is not ['m', 's', ..]);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine((int)Milliseconds, (int)(Milliseconds >> 32));
}
