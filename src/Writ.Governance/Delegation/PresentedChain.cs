using System.Collections.Immutable;
using Writ.Identity.Delegation;

namespace Writ.Governance.Delegation;

/// <summary>The chain that a call came with, as its caller sent it: nothing of it is verified.</summary>
/// <param name="Tokens">The tokens, root first.</param>
/// <param name="Proof">The proof of possession for this call; null where none was sent.</param>
public sealed record PresentedChain(ImmutableArray<string> Tokens, string? Proof)
{
    /// <summary>The header that carries the tokens, root first, separated by commas.</summary>
    public const string Header = "AAT-Chain";

    /// <summary>The header that carries the proof of possession.</summary>
    public const string ProofHeader = "AAT-PoP";

    /// <summary>Takes what headers say; null where they name no chain.</summary>
    public static PresentedChain? Read(string? chain, string? proof) =>
        chain is null ? null : new([.. chain.Split(',', DelegationLimits.MaxTokens + 1, StringSplitOptions.TrimEntries)], proof);
}
