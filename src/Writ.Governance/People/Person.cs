using System.Collections.Immutable;
using Writ.Governance.Agents;
using Writ.Governance.Directories;
using Writ.Governance.Organizations;

namespace Writ.Governance.People;

/// <summary>Someone of the organization who may act on Writ. Not an end user on whose behalf an agent acts.</summary>
public sealed record Person(PersonId Id, string DisplayName, ImmutableArray<PersonCapability> Capabilities)
{
    /// <summary>The teams the person is in.</summary>
    public ImmutableHashSet<TeamId> Teams { get; init; } = [];

    /// <summary>When the person left the organization; null while they are of it. Who has left has no way in, no capability and no team.</summary>
    public DateTimeOffset? LeftAt { get; init; }

    /// <summary>Whether it was a directory that said they left.</summary>
    public bool LeftByDirectory { get; init; }

    /// <summary>What a directory says of the person; null where none does.</summary>
    public DirectoryEntry? Directory { get; init; }

    /// <summary>Whether the person is of the organization now.</summary>
    public bool IsHere => LeftAt is null;

    /// <summary>By team, what the person may do to the agents of that team alone.</summary>
    public ImmutableDictionary<TeamId, ImmutableArray<PersonCapability>> TeamCapabilities { get; init; } = ImmutableDictionary<TeamId, ImmutableArray<PersonCapability>>.Empty;

    /// <summary>The most that agents reach in tasks that the person starts; null where who asks does not limit it.</summary>
    public ImmutableArray<Grant>? Tools { get; init; }

    /// <summary>Who gave the person capabilities or a token, and when last.</summary>
    public ImmutableDictionary<PersonId, DateTimeOffset> EmpoweredBy { get; init; } = ImmutableDictionary<PersonId, DateTimeOffset>.Empty;

    /// <summary>What authenticators call the person: random, so that it tells nothing; null until the first passkey.</summary>
    public string? Handle { get; init; }

    /// <summary>Whether the person has had a passkey. From then on, for good, nothing else stands for their presence.</summary>
    public bool ProvesPresence => Handle is not null;

    public bool Has(PersonCapability capability) => Capabilities.Contains(capability);
}
