namespace Writ.Governance.People;

/// <summary>A one-time token with which a person enrols a passkey, as the registry knows it: never the secret. Immutable.</summary>
/// <param name="KeyId">The public part of the token.</param>
/// <param name="Person">Who may enrol with it.</param>
/// <param name="SecretHash">The keyed hash of the token.</param>
/// <param name="ExpiresAt">From this instant on it is refused.</param>
/// <param name="Used">Whether a passkey was enrolled with it.</param>
public sealed record PasskeyInvitation(string KeyId, PersonId Person, string SecretHash, DateTimeOffset ExpiresAt, bool Used = false);
