using Writ.Governance.Organizations;
using Writ.Governance.People;

namespace Writ.Governance.Enrolments;

/// <summary>
/// That an agent may introduce itself, once: it becomes a draft of this owner and team. Kept until it is used, withdrawn or forgotten after its
/// time. Immutable.
/// </summary>
/// <param name="KeyId">The public part of the token.</param>
/// <param name="SecretHash">The keyed hash of the secret, in hexadecimal.</param>
/// <param name="Owner">Who will answer for the agent.</param>
/// <param name="Team">Whose it will be.</param>
/// <param name="Environment">Where it is meant to run.</param>
/// <param name="By">Who offered it; while they may register agents no more, nobody enrols with it.</param>
/// <param name="At">When, UTC.</param>
/// <param name="ExpiresAt">From when on it is refused, UTC.</param>
/// <param name="Reason">What for, in words.</param>
public sealed record AgentEnrolment(
    string KeyId, string SecretHash, PersonId Owner, TeamId Team, string Environment, PersonId By, DateTimeOffset At, DateTimeOffset ExpiresAt, string Reason)
{
    /// <summary>The most of an organization that wait at a time.</summary>
    public const int MostWaiting = 100;

    /// <summary>The longest that one waits.</summary>
    public static readonly TimeSpan MaxLife = TimeSpan.FromDays(7);
}
