using Writ.Governance.Folds;

namespace Writ.Governance.Trust;

/// <summary>One number for each <see cref="Conduct"/>. Immutable.</summary>
internal readonly record struct TrustSums(long Behaviour, long Compliance, long Reliability)
{
    /// <summary>With so much more in one respect.</summary>
    public TrustSums Plus(Conduct respect, long more) => respect switch
    {
        Conduct.Behaviour => this with { Behaviour = Behaviour + more },
        Conduct.Compliance => this with { Compliance = Compliance + more },
        _ => this with { Reliability = Reliability + more },
    };

    public TrustSums AtMost(long most) => new(Math.Min(Behaviour, most), Math.Min(Compliance, most), Math.Min(Reliability, most));

    public static TrustSums operator +(TrustSums left, TrustSums right) =>
        new(left.Behaviour + right.Behaviour, left.Compliance + right.Compliance, left.Reliability + right.Reliability);

    public static TrustSums operator *(TrustSums sums, long factor) =>
        new(sums.Behaviour * factor, sums.Compliance * factor, sums.Reliability * factor);

    public static TrustSums operator /(TrustSums sums, long divisor) =>
        new(sums.Behaviour / divisor, sums.Compliance / divisor, sums.Reliability / divisor);

    public void WriteTo(FoldWriter writer)
    {
        writer.Number(Behaviour);
        writer.Number(Compliance);
        writer.Number(Reliability);
    }

    public static TrustSums Read(FoldReader reader) => new(reader.Number(), reader.Number(), reader.Number());
}
