namespace Writ.Governance.People;

/// <summary>A login of a person that goes on, as the registry knows it: never the secret. Immutable.</summary>
/// <param name="KeyId">The public part of the cookie.</param>
/// <param name="Person">Who logged in.</param>
/// <param name="SecretHash">The keyed hash of the cookie.</param>
/// <param name="StartedAt">When.</param>
/// <param name="ExpiresAt">From this instant on it is refused, however busy it was.</param>
/// <param name="Passkey">The passkey that it began with; null where another proof began it.</param>
public sealed record PersonSession(string KeyId, PersonId Person, string SecretHash, DateTimeOffset StartedAt, DateTimeOffset ExpiresAt, string? Passkey)
{
    /// <summary>The OpenID provider that it began with; null where another proof began it.</summary>
    public string? Provider { get; init; }

    /// <summary>The digest of the account that it began with.</summary>
    public string? Subject { get; init; }

    /// <summary>The digest of the provider's own session.</summary>
    public string? ProviderSession { get; init; }
}
