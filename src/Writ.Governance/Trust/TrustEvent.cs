using Writ.Governance.Decisions;

namespace Writ.Governance.Trust;

/// <summary>
/// What one record says for or against an agent. Everything here follows from the record alone, so that whoever holds the log comes to the
/// same score. What an agent says of itself is in none of it.
/// </summary>
/// <param name="Respect">In which respect.</param>
/// <param name="For">Whether it speaks for the agent.</param>
/// <param name="Weight">How much, in thousandths of a unit.</param>
internal readonly record struct TrustEvent(Conduct Respect, bool For, int Weight)
{
    /// <summary>The rule of the floor that the score itself decides: what it refuses is no further fault (T48).</summary>
    public const string RuleOfTrust = "floor/lowest-trust-only-reads";

    /// <summary>What a decision says; null for the many that say nothing. Limits, holds, quarantines and kills are no fault of an agent.</summary>
    /// <param name="code">Why it was refused.</param>
    /// <param name="onlyByTrust">Whether <see cref="RuleOfTrust"/> alone refused it.</param>
    public static TrustEvent? OfDecision(string? code, bool onlyByTrust) => code switch
    {
        _ when onlyByTrust => null,
        "WRIT1002" or "WRIT3007" => new(Conduct.Behaviour, For: false, 4_000), // a policy forbids it; it says it is another version
        "WRIT1001" or "WRIT3004" => new(Conduct.Behaviour, For: false, 2_000), // nothing permits it; it was never granted
        _ => null,
    };

    /// <summary>What an effect says of what the agent tried: a permitted action that took place.</summary>
    public static TrustEvent? OfAction(EffectStatus status) =>
        status == EffectStatus.Executed ? new(Conduct.Behaviour, For: true, 100) : null;

    /// <summary>What an effect says of how reliably it works; null where it never began.</summary>
    public static TrustEvent? OfEffect(EffectStatus status) => status switch
    {
        EffectStatus.Executed => new(Conduct.Reliability, For: true, 100),
        EffectStatus.Failed or EffectStatus.TimedOut => new(Conduct.Reliability, For: false, 200),
        EffectStatus.Unknown => new(Conduct.Reliability, For: false, 100),
        _ => null,
    };

    /// <summary>What a person's answer says.</summary>
    public static TrustEvent OfAnswer(bool approved) =>
        approved ? new(Conduct.Compliance, For: true, 1_000) : new(Conduct.Compliance, For: false, 4_000);
}
