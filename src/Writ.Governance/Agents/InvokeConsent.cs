using System.Collections.Immutable;
using Writ.Governance.People;

namespace Writ.Governance.Agents;

/// <summary>
/// That others than its owners may ask an agent to work, or copy it: both sides have to say so, and either takes it back. Immutable.
/// </summary>
/// <param name="Id">Names it; minted by Writ.</param>
/// <param name="Who">Who may.</param>
/// <param name="By">Who offered it, for the agent's side.</param>
/// <param name="At">When, UTC.</param>
/// <param name="ExpiresAt">From when on it does not hold any more, UTC.</param>
/// <param name="AcceptedBy">Who accepted it, for the other side; null while nobody did.</param>
public sealed record InvokeConsent(Guid Id, InvokeParty Who, PersonId? By, DateTimeOffset At, DateTimeOffset ExpiresAt, PersonId? AcceptedBy = null)
{
    /// <summary>The most consents of one agent that have not expired.</summary>
    public const int MostOfAnAgent = 200;

    /// <summary>The most skills that one is for.</summary>
    public const int MaxSkills = 32;

    /// <summary>What it is for.</summary>
    public AgentRight Right { get; init; }

    /// <summary>The skills that it is for; none for all of the agent's work.</summary>
    public ImmutableArray<string> Skills { get; init; } = [];

    /// <summary>The longest that one holds.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    /// <summary>Whether it holds at a moment.</summary>
    public bool HoldsAt(DateTimeOffset now) => AcceptedBy is not null && now < ExpiresAt;

    /// <summary>Whether it is for a right, and where that is to ask for work, for work of a skill; null is work of no stated skill.</summary>
    public bool Allows(AgentRight right, string? skill, DateTimeOffset now) =>
        HoldsAt(now) && Right == right && (Skills.IsEmpty || (skill is not null && Skills.Contains(skill)));
}
