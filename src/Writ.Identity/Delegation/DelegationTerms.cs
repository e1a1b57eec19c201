using System.Collections.Immutable;
using Writ.Identity.Spiffe;

namespace Writ.Identity.Delegation;

/// <summary>
/// What a token allows whom: all of it signed, and along a chain all of it only ever narrows. What a token leaves out is not limited by
/// it, and once it is limited it stays so. Immutable and thread safe.
/// </summary>
public sealed record DelegationTerms
{
    /// <summary>The agent that holds the token; an agent is on a chain once.</summary>
    public required SpiffeId Agent { get; init; }

    /// <summary>The organization of the chain; the same on every token.</summary>
    public required string Organization { get; init; }

    /// <summary>The person who is accountable for the chain; the same on every token.</summary>
    public required string Principal { get; init; }

    /// <summary>Who the chain is for; on a child, some of the parent's.</summary>
    public required ImmutableArray<string> Audiences { get; init; }

    /// <summary>When it was issued, in whole seconds; on a child, not before the parent.</summary>
    public required DateTimeOffset IssuedAt { get; init; }

    /// <summary>When it ends, in whole seconds; on a child, not after the parent.</summary>
    public required DateTimeOffset Expires { get; init; }

    /// <summary>How deep a chain may become, from 0 to 15; on a child, not more than the parent's.</summary>
    public required int MaxDepth { get; init; }

    /// <summary>What may be called.</summary>
    public required DelegatedTools Tools { get; init; }

    /// <summary>How much may be spent; null where it is not limited.</summary>
    public SpendLimit? Spend { get; init; }

    /// <summary>How many calls may be made under the token and all that descend from it; null where it is not limited.</summary>
    public long? Calls { get; init; }

    /// <summary>The classes of data that may be touched; default where they are not limited, empty where none may.</summary>
    public ImmutableArray<string> DataClasses { get; init; }

    /// <summary>What for; once stated it stays. Null where it is not stated.</summary>
    public string? Purpose { get; init; }

    /// <summary>The digest of the agreement between two organizations under which the chain runs; once stated it stays.</summary>
    public string? Agreement { get; init; }

    /// <summary>Where the status of the lineage is published; once stated it stays.</summary>
    public StatusReference? Status { get; init; }
}
