using System.Collections.Immutable;
using Writ.Crypto.Jose;
using Writ.Identity.Delegation;

namespace Writ.Governance.Delegation;

/// <summary>The root that people ask for.</summary>
public sealed record MintRequest
{
    /// <summary>The public key of the agent that will hold it, Ed25519 or P-256. The private half never comes to Writ (T52).</summary>
    public required JsonWebKey Holder { get; init; }

    /// <summary>The tools, as <c>server/tool</c>; the agent has to have been given each.</summary>
    public required DelegatedTools Tools { get; init; }

    /// <summary>How long it lives, to the second; from a minute to 90 days.</summary>
    public required TimeSpan Life { get; init; }

    /// <summary>How often it may be handed on, from 0 to <see cref="DelegationAuthority.MaxDepth"/>.</summary>
    public required int MaxDepth { get; init; }

    /// <summary>How much calls may cost, in all and each.</summary>
    public SpendLimit? Spend { get; init; }

    /// <summary>How many calls there may be.</summary>
    public long? Calls { get; init; }

    /// <summary>The classes of data that tools may touch; default where they are not limited.</summary>
    public ImmutableArray<string> DataClasses { get; init; }

    /// <summary>What for.</summary>
    public string? Purpose { get; init; }
}
