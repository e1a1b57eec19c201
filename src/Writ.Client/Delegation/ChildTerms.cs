using System.Collections.Immutable;
using Writ.Crypto.Jose;
using Writ.Identity.Delegation;
using Writ.Identity.Spiffe;

namespace Writ.Client.Delegation;

/// <summary>What an agent hands on to another. What is left out is what the parent allows; nothing can be more. Immutable.</summary>
public sealed record ChildTerms
{
    /// <summary>The agent that is to hold the child. It is on the chain only once.</summary>
    public required SpiffeId Agent { get; init; }

    /// <summary>The public key that it holds: Ed25519 or P-256.</summary>
    public required JsonWebKey Holder { get; init; }

    /// <summary>How long the child lives, in whole seconds, and no longer than the parent. Default: as long as the parent.</summary>
    public TimeSpan? Life { get; init; }

    /// <summary>How deep the chain may become, from 0 to the parent's. Default: as deep as the parent allows.</summary>
    public int? MaxDepth { get; init; }

    /// <summary>What may be called. Default: what the parent allows.</summary>
    public DelegatedTools? Tools { get; init; }

    /// <summary>How much may be spent. Default: what the parent allows.</summary>
    public SpendLimit? Spend { get; init; }

    /// <summary>How many calls there may be. Default: as many as the parent allows.</summary>
    public long? Calls { get; init; }

    /// <summary>The classes of data that may be touched; empty for none. Default: those of the parent.</summary>
    public ImmutableArray<string> DataClasses { get; init; }

    /// <summary>What for, where the parent does not say it. Default: what the parent says.</summary>
    public string? Purpose { get; init; }

    internal DelegationTerms Within(DelegationTerms parent, DateTimeOffset now)
    {
        var issued = now > parent.IssuedAt ? now : parent.IssuedAt;
        return parent with
        {
            Agent = Agent,
            IssuedAt = issued,
            Expires = Life is { } life ? issued + TimeSpan.FromSeconds((long)life.TotalSeconds) : parent.Expires,
            MaxDepth = MaxDepth ?? parent.MaxDepth,
            Tools = Tools ?? parent.Tools,
            Spend = Spend ?? parent.Spend,
            Calls = Calls ?? parent.Calls,
            DataClasses = DataClasses.IsDefault ? parent.DataClasses : DataClasses,
            Purpose = Purpose ?? parent.Purpose,
        };
    }
}
