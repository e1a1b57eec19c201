using Writ.Cedar.Values;

namespace Writ.Cedar.Extensions;

/// <summary>The functions of the extension type <c>duration</c>. Fractions are cut towards zero.</summary>
internal static class DurationFunctions
{
    public static readonly ExtensionFunction[] All =
    [
        ExtensionFunction.Constructor("duration", Arguments.Parse<DurationValue>(DurationValue.TryParse)),
        In("toMilliseconds", 1),
        In("toSeconds", 1_000),
        In("toMinutes", 60_000),
        In("toHours", 3_600_000),
        In("toDays", 86_400_000),
    ];

    private static ExtensionFunction In(string name, long unit) =>
        ExtensionFunction.Method(name, 1, Arguments.Of<DurationValue>("duration", duration => new LongValue(duration.Milliseconds / unit)));
}
