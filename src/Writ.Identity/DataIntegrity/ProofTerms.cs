namespace Writ.Identity.DataIntegrity;

/// <summary>What a proof says of itself, and signs.</summary>
public sealed record ProofTerms
{
    /// <summary>The purpose of a proof that asserts what the document says.</summary>
    public const string Assertion = "assertionMethod";

    /// <summary>Names the key, a DID URL.</summary>
    public required string VerificationMethod { get; init; }

    /// <summary>What the proof is for; by default <see cref="Assertion"/>.</summary>
    public string Purpose { get; init; } = Assertion;

    /// <summary>When it was made; whole seconds count.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>From when on it counts no more; null for never.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>Who it is for; null for everyone.</summary>
    public string? Domain { get; init; }

    /// <summary>What it answers; null for nothing.</summary>
    public string? Challenge { get; init; }
}
