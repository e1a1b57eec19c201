namespace Writ.Governance.People;

/// <summary>A token of a person, as the registry knows it: never the secret. Immutable.</summary>
public sealed record PersonToken(string KeyId, PersonId Person, string SecretHash, Presence StandsFor)
{
    /// <summary>When it was issued.</summary>
    public DateTimeOffset IssuedAt { get; init; }

    /// <summary>From this instant on it is refused; null for those of before tokens ended.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>What it is limited to; null where to nothing.</summary>
    public TokenScope? Scope { get; init; }

    /// <summary>What its owner calls it; null where nobody said.</summary>
    public string? Label { get; init; }
}
