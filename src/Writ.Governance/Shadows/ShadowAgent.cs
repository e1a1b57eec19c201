using System.Collections.Immutable;

namespace Writ.Governance.Shadows;

/// <summary>
/// Somebody who knocked at doors and whom nobody registered. It has no right of any kind; it is shown to people, who make it a draft or dismiss
/// it. Immutable.
/// </summary>
public sealed record ShadowAgent
{
    /// <summary>The most different things that it tried of which each is kept.</summary>
    public const int MostTried = 20;

    /// <summary>Names it: a keyed hash of what it showed, 32 hexadecimal digits. The same credential has the same one for ever.</summary>
    public required string Id { get; init; }

    /// <summary>What it showed, in a word of Writ's own: <c>none</c>, <c>others</c>, the kind of a token of Writ's, <c>token</c> or <c>foreign</c>.</summary>
    public required string Credential { get; init; }

    /// <summary>The public part of a token that Writ once issued, where it showed that; who shows it need not hold the secret.</summary>
    public string? KeyId { get; init; }

    /// <summary>Where it came from last.</summary>
    public required AddressClass Address { get; init; }

    /// <summary>What it says it is, made inert.</summary>
    public string? Client { get; init; }

    /// <summary>At which doors it knocked.</summary>
    public ImmutableSortedSet<string> Doors { get; init; } = [];

    /// <summary>What it tried there, made inert.</summary>
    public ImmutableSortedSet<string> Tried { get; init; } = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    /// <summary>Whether it tried more than is kept.</summary>
    public bool TriedMore { get; init; }

    public required DateTimeOffset FirstSeen { get; init; }

    public required DateTimeOffset LastSeen { get; init; }

    /// <summary>How often it was answered that it is not known; what was slowed down is not counted here.</summary>
    public required long Count { get; init; }
}
