namespace Writ.Identity.Delegation;

/// <summary>What a delegation may cost before it is refused. Everyone on a chain keeps to the same numbers.</summary>
public static class DelegationLimits
{
    /// <summary>The longest token, in bytes.</summary>
    public const int MaxTokenBytes = 64 << 10;

    /// <summary>The longest chain, in bytes of all its tokens together.</summary>
    public const int MaxChainBytes = 256 << 10;

    /// <summary>The most tokens of a chain, the root among them: the deepest token has the depth 15.</summary>
    public const int MaxTokens = 16;

    /// <summary>The deepest nesting of constraints, inclusive.</summary>
    public const int MaxConstraintDepth = 32;

    /// <summary>The most constraints of one token, nested ones counted.</summary>
    public const int MaxConstraints = 1_024;

    /// <summary>The most comparisons that it may take to see that one token is within another; more is a refusal.</summary>
    public const int MaxComparisons = 100_000;

    /// <summary>The most tools of one token.</summary>
    public const int MaxTools = 256;

    /// <summary>The longest life of a token.</summary>
    public static readonly TimeSpan MaxLifetime = TimeSpan.FromDays(90);

    /// <summary>How far clocks may differ, and how long a proof of possession is good for.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromSeconds(30);
}
