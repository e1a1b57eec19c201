using Writ.Governance.People;

namespace Writ.Governance.Controls;

/// <summary>A person holds a token; only its keyed hash is kept.</summary>
public sealed record PersonTokenIssued(PersonId Person, string KeyId, string SecretHash, Presence StandsFor) : ControlAction
{
    /// <summary>From this instant on it is refused; null where it does not end.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>What it is limited to; null where to nothing.</summary>
    public TokenScope? Scope { get; init; }

    /// <summary>What its owner calls it.</summary>
    public string? Label { get; init; }
}
