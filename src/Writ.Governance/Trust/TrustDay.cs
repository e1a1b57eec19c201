using Writ.Governance.Folds;

namespace Writ.Governance.Trust;

/// <summary>
/// What one day (UTC) brought for one agent, as sums: in which order it came makes no difference, so that calls side by side come to the same score
/// as the log read from its beginning. Not thread safe.
/// </summary>
internal sealed class TrustDay(int day)
{
    /// <summary>The day, counted from 1970.</summary>
    public int Day => day;

    /// <summary>What speaks for the agent, in thousandths of a unit.</summary>
    public TrustSums For { get; set; }

    /// <summary>What speaks against it.</summary>
    public TrustSums Against { get; set; }

    /// <summary>Permitted calls that bring in what others wrote.</summary>
    public long Outside { get; set; }

    /// <summary>Permitted calls that can do harm.</summary>
    public long Powerful { get; set; }

    /// <summary>All permitted calls.</summary>
    public long Permitted { get; set; }

    public void WriteTo(FoldWriter writer)
    {
        writer.Number(day);
        For.WriteTo(writer);
        Against.WriteTo(writer);
        writer.Number(Outside);
        writer.Number(Powerful);
        writer.Number(Permitted);
    }

    public static TrustDay Read(FoldReader reader) => new((int)reader.Number())
    {
        // In the order of their places: initializers run from top to bottom.
        For = TrustSums.Read(reader),
        Against = TrustSums.Read(reader),
        Outside = reader.Number(),
        Powerful = reader.Number(),
        Permitted = reader.Number(),
    };
}
