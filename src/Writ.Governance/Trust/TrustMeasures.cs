using Writ.Governance.Folds;

namespace Writ.Governance.Trust;

/// <summary>
/// What is left of an agent's former days, in whole numbers alone: the same on every machine. Each day on which the agent acts, what was before
/// fades by one step, and what speaks against it fades more slowly. A day without a call is no step: to do nothing neither costs nor heals (T48).
/// </summary>
/// <param name="For">What speaks for the agent, in millionths of a unit.</param>
/// <param name="Against">What speaks against it.</param>
/// <param name="Outside">Permitted calls that brought in what others wrote, in thousandths.</param>
/// <param name="Powerful">Permitted calls that could do harm, in thousandths.</param>
/// <param name="Permitted">All permitted calls, in thousandths.</param>
internal readonly record struct TrustMeasures(TrustSums For, TrustSums Against, long Outside, long Powerful, long Permitted)
{
    /// <summary>The most that a day can bring in one respect for an agent, in units: nobody washes off a fault with a million small calls.</summary>
    public const int MostForPerDay = 5;

    /// <summary>The most that a day can bring against it, in units: a caller in a loop comes down, and can come back.</summary>
    public const int MostAgainstPerDay = 120;

    /// <summary>The most that is ever held against it in one respect, in units.</summary>
    public const int MostAgainst = 1_000;

    /// <summary>As if so many units spoke for every agent, and as many against it: a few records move no score far.</summary>
    public const int Prior = 20;

    private const long Thousand = 1_000, Million = 1_000_000;

    // 0.977^30 and 0.99233^90 are a half: what is good is half forgotten after 30 days of work, what is bad after 90.
    private const long KeptFor = 977_000, KeptAgainst = 992_330;

    // The most calls of a day that count: a share of them is meant, and sums never overflow.
    private const long MostCallsPerDay = 10_000_000;

    /// <summary>Where the agent stands in each respect, 0 to 1000: with nothing to go by at <see cref="TrustVector.Neutral"/>.</summary>
    public TrustSums Values => new(
        Value(For.Behaviour, Against.Behaviour), Value(For.Compliance, Against.Compliance), Value(For.Reliability, Against.Reliability));

    /// <summary>How much the agent both takes in from outside and can do, as a ceiling of its score, 500 to 1000.</summary>
    public int Exposure => 1_000 - (int)(Thousand * Math.Min(Outside, Powerful) / (Permitted + (Prior * Thousand)));

    /// <summary>With one day more.</summary>
    public TrustMeasures After(TrustDay day) => new(
        (For * KeptFor / Million) + (day.For.AtMost(Thousand * MostForPerDay) * Thousand),
        ((Against * KeptAgainst / Million) + (day.Against.AtMost(Thousand * MostAgainstPerDay) * Thousand)).AtMost(Million * MostAgainst),
        AfterCalls(Outside, day.Outside),
        AfterCalls(Powerful, day.Powerful),
        AfterCalls(Permitted, day.Permitted));

    public void WriteTo(FoldWriter writer)
    {
        For.WriteTo(writer);
        Against.WriteTo(writer);
        writer.Number(Outside);
        writer.Number(Powerful);
        writer.Number(Permitted);
    }

    public static TrustMeasures Read(FoldReader reader) =>
        new(TrustSums.Read(reader), TrustSums.Read(reader), reader.Number(), reader.Number(), reader.Number());

    private static long Value(long speaksFor, long speaksAgainst) =>
        Thousand * (speaksFor + (Prior * Million)) / (speaksFor + speaksAgainst + (2 * Prior * Million));

    private static long AfterCalls(long before, long calls) => (before * KeptFor / Million) + (Thousand * Math.Min(calls, MostCallsPerDay));
}
