namespace Writ.Governance.Agents;

/// <summary>An API key of an agent, as the registry knows it: never the secret. Immutable.</summary>
/// <param name="KeyId">The public part; names the credential in records.</param>
/// <param name="Agent">Whose it is.</param>
/// <param name="SecretHash">The keyed hash of the secret, in hexadecimal.</param>
/// <param name="ExpiresAt">From when on it is refused.</param>
/// <param name="Revoked">Whether it was revoked; nothing undoes that.</param>
/// <param name="Suspended">Whether a restore suspended it, until somebody vouches for it.</param>
public sealed record AgentKey(string KeyId, AgentId Agent, string SecretHash, DateTimeOffset ExpiresAt, bool Revoked = false, bool Suspended = false);
