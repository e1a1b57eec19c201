namespace Writ.Governance.Querying.Indexing;

/// <summary>Decimal numbers as whole billionths. What is beyond what can be counted counts as the largest or least there is, so that it stays above or below everything.</summary>
internal static class Billionths
{
    private const decimal One = 1_000_000_000m;

    /// <summary>Counts them, rounded towards zero.</summary>
    public static long Of(decimal value) =>
        value >= long.MaxValue / One ? long.MaxValue
        : value <= -long.MaxValue / One ? -long.MaxValue
        : (long)(value * One);

    /// <summary>The number that they are.</summary>
    public static decimal ToDecimal(long billionths) => billionths / One;
}
