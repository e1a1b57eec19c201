using Writ.Cedar.Values;

namespace Writ.Governance.NamedFacts.Detectors;

/// <summary>Exact amounts as decimals of Cedar, which have four digits behind the point.</summary>
internal static class Amounts
{
    /// <summary>The largest of them, 0 of none; null where one is unknown or does not fit. What lies between two decimals counts as the larger.</summary>
    public static DecimalValue? Max(IReadOnlyCollection<decimal?> amounts) =>
        amounts.Any(a => a is null or > 900_000_000_000_000m) ? null : new DecimalValue((long)decimal.Ceiling(amounts.Max() * 10_000m ?? 0));
}
