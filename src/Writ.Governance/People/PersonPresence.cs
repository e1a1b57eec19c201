namespace Writ.Governance.People;

/// <summary>How a person proved to be there for one request. Immutable.</summary>
/// <param name="Kind">By what means.</param>
public sealed record PersonPresence(Presence Kind)
{
    /// <summary>What their authenticator signed for exactly this request; null unless it did.</summary>
    public PasskeyProof? Proof { get; init; }

    /// <summary>What the credential is limited to, whatever the person may do; null where to nothing.</summary>
    public TokenScope? Scope { get; init; }

    /// <summary>The public part of the token, where a directory asks and no person.</summary>
    public string? Directory { get; init; }

    public static PersonPresence Of(Presence kind) => new(kind);

    public static implicit operator PersonPresence(Presence kind) => new(kind);
}
