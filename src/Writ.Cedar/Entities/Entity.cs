using System.Collections.Immutable;
using Writ.Cedar.Values;

namespace Writ.Cedar.Entities;

/// <summary>An entity: who it is, what it is directly in, and its attributes and tags. Immutable; compared by content, parents as a set.</summary>
public sealed record Entity
{
    /// <summary>Creates an entity. Parents that are named twice count once; attributes and tags default to none.</summary>
    public Entity(EntityUid uid, IEnumerable<EntityUid>? parents = null, RecordValue? attributes = null, RecordValue? tags = null)
    {
        ArgumentNullException.ThrowIfNull(uid);
        Uid = uid;
        Parents = parents is null ? [] : [.. parents.Distinct()];
        Attributes = attributes ?? RecordValue.Empty;
        Tags = tags ?? RecordValue.Empty;
    }

    /// <summary>The identity.</summary>
    public EntityUid Uid { get; }

    /// <summary>What the entity is directly in, without repetition. A parent need not exist in a store.</summary>
    public ImmutableArray<EntityUid> Parents { get; }

    /// <summary>The attributes.</summary>
    public RecordValue Attributes { get; }

    /// <summary>The tags, read with <c>getTag</c> and <c>hasTag</c>.</summary>
    public RecordValue Tags { get; }

    /// <inheritdoc/>
    public bool Equals(Entity? other) =>
        other is not null && Uid.Equals(other.Uid) && Attributes.Equals(other.Attributes) && Tags.Equals(other.Tags)
        && Parents.Length == other.Parents.Length && Parents.All(other.Parents.Contains);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Uid, Parents.Length, Attributes);
}
