using Writ.Governance.Organizations;
using Writ.Governance.People;

namespace Writ.Governance.Controls;

/// <summary>An agent may introduce itself, once; only the keyed hash of its token is kept.</summary>
/// <param name="KeyId">The public part of the token.</param>
/// <param name="SecretHash">The keyed hash of the secret, in hexadecimal.</param>
/// <param name="Owner">Who will answer for the agent.</param>
/// <param name="Team">Whose it will be.</param>
/// <param name="Environment">Where it is meant to run.</param>
/// <param name="ExpiresAt">From when on the token is refused.</param>
/// <param name="Reason">What for, in words.</param>
public sealed record AgentEnrolmentOffered(
    string KeyId, string SecretHash, PersonId Owner, TeamId Team, string Environment, DateTimeOffset ExpiresAt, string Reason) : ControlAction;
