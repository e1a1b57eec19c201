using Writ.Governance.Agents;
using Writ.Governance.Credentials;

namespace Writ.Governance.Trust;

/// <summary>
/// How far an agent is trusted, in five respects, and the score that follows. Conduct earns it: behaviour, compliance and reliability, whose mean the
/// score is, except that what is bad in behaviour or compliance is outweighed by nothing. Identity and exposure only limit: they are ceilings.
/// </summary>
/// <param name="Identity">A ceiling: what the credential of the call proves, and whether somebody stands in for the owner.</param>
/// <param name="Behaviour">What the agent tries, against what its policies and grants permit.</param>
/// <param name="Compliance">What people answer when they are asked about it.</param>
/// <param name="Reliability">Whether what it may do then works.</param>
/// <param name="Exposure">A ceiling, 500 to 1000: the lower, the more the agent both takes in what others write and can do harm.</param>
public sealed record TrustVector(int Identity, TrustMeasure Behaviour, TrustMeasure Compliance, TrustMeasure Reliability, int Exposure)
{
    /// <summary>The score of an agent of which nothing is known.</summary>
    public const int Neutral = 500;

    /// <summary>0 to 1000.</summary>
    public int Score => ScoreOf(Behaviour.Value, Compliance.Value, Reliability.Value, Math.Min(Identity, Exposure));

    /// <summary>What the score is called.</summary>
    public TrustTier Tier => TrustTiers.Of(Score);

    /// <summary>How far a credential lets an agent come: a key that whoever reads it can use proves little.</summary>
    /// <param name="assurance">What the credential proves.</param>
    /// <param name="agent">Whose it is.</param>
    public static int CeilingOf(string assurance, Agent agent)
    {
        ArgumentNullException.ThrowIfNull(agent);
        var proved = assurance switch
        {
            Assurances.High => 1_000,
            Assurances.Substantial => 900,
            _ => 700,
        };
        return agent.BackupOwner is null ? proved - 100 : proved;
    }

    internal static int ScoreOf(int behaviour, int compliance, int reliability, int ceiling)
    {
        var mean = (behaviour + compliance + reliability) / 3;
        if (behaviour < Neutral)
            mean = Math.Min(mean, behaviour);
        if (compliance < Neutral)
            mean = Math.Min(mean, compliance);
        return Math.Min(mean, ceiling);
    }
}
