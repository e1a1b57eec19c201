using Writ.Governance.People;

namespace Writ.Governance.Controls;

/// <summary>A person logged in. Of the cookie only the keyed hash is kept.</summary>
/// <param name="Person">Who.</param>
/// <param name="KeyId">The public part of the cookie.</param>
/// <param name="SecretHash">The keyed hash of it.</param>
/// <param name="ExpiresAt">When the session ends, however busy it is.</param>
/// <param name="Passkey">With which passkey; null where another proof was accepted.</param>
/// <param name="SignCount">Its authenticator's counter.</param>
public sealed record SessionStarted(PersonId Person, string KeyId, string SecretHash, DateTimeOffset ExpiresAt, string? Passkey = null, uint? SignCount = null) : ControlAction
{
    /// <summary>The OpenID provider that said who it is; null where another proof was accepted.</summary>
    public string? Provider { get; init; }

    /// <summary>The digest of issuer and subject of the account; null where another proof was accepted.</summary>
    public string? Subject { get; init; }

    /// <summary>The digest of issuer and the provider's own session, so that its end ends this one; null where the provider names none.</summary>
    public string? ProviderSession { get; init; }
}
