namespace Writ.Client.Delegation;

/// <summary>The two headers of one call under a delegation chain.</summary>
/// <param name="Chain">The value of <see cref="ChainName"/>: the tokens, root first, separated by commas.</param>
/// <param name="Proof">The value of <see cref="ProofName"/>: the proof of possession, for one call.</param>
public sealed record CallHeaders(string Chain, string Proof)
{
    /// <summary>The header that carries the chain.</summary>
    public const string ChainName = "AAT-Chain";

    /// <summary>The header that carries the proof.</summary>
    public const string ProofName = "AAT-PoP";
}
