using System.Collections.Immutable;

namespace Writ.Identity.DataIntegrity;

/// <summary>Which proofs a document has to bear.</summary>
public sealed record ProofRules
{
    /// <summary>What every proof is for; by default <see cref="ProofTerms.Assertion"/>.</summary>
    public string Purpose { get; init; } = ProofTerms.Assertion;

    /// <summary>Who every proof is for; null where it must be for nobody in particular.</summary>
    public string? Domain { get; init; }

    /// <summary>What every proof answers; null where it must answer nothing.</summary>
    public string? Challenge { get; init; }

    /// <summary>The keys, as DID URLs, that must all have signed; others may have. A proof that is taken off a set leaves no trace in the rest, so name them.</summary>
    public ImmutableArray<string> Signers { get; init; } = [];

    /// <summary>By how much clocks may differ; by default 30 s.</summary>
    public TimeSpan Skew { get; init; } = TimeSpan.FromSeconds(30);
}
