using System.Collections.Immutable;

namespace Writ.Identity.Delegation;

/// <summary>Tokens from the root to the last, each verified against the one before it. Immutable and thread safe.</summary>
public sealed class DelegationChain
{
    internal DelegationChain(ImmutableArray<DelegationToken> tokens) => Tokens = tokens;

    /// <summary>The tokens, root first; at least one.</summary>
    public ImmutableArray<DelegationToken> Tokens { get; }

    /// <summary>The token that the issuer minted.</summary>
    public DelegationToken Root => Tokens[0];

    /// <summary>The token of the agent that acts.</summary>
    public DelegationToken Leaf => Tokens[^1];

    /// <summary>How often authority was handed on: 0 for a root alone.</summary>
    public int Depth => Tokens.Length - 1;

    /// <summary>
    /// Whether a tool may be called with these arguments, an object: every token on the way has to allow it. That the last does would be
    /// enough, were there no defect in what compares them.
    /// </summary>
    public bool Allows(string tool, System.Text.Json.JsonElement arguments) => Tokens.All(token => token.Terms.Tools.Allows(tool, arguments));
}
