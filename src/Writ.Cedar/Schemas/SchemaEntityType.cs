using System.Collections.Frozen;
using System.Collections.Immutable;
using Writ.Cedar.Entities;
using Writ.Cedar.Policies;

namespace Writ.Cedar.Schemas;

/// <summary>An entity type of a schema. Immutable.</summary>
public sealed class SchemaEntityType
{
    internal SchemaEntityType(EntityTypeName name, EntityDeclaration declaration, ImmutableArray<EntityTypeName> memberOf, SchemaType.Record shape, SchemaType? tags)
    {
        Name = name;
        MemberOf = memberOf;
        Shape = shape;
        Tags = tags;
        EnumIds = declaration.EnumIds;
        Annotations = declaration.Annotations;
    }

    /// <summary>The full name.</summary>
    public EntityTypeName Name { get; }

    /// <summary>The types whose entities such an entity may be directly in.</summary>
    public ImmutableArray<EntityTypeName> MemberOf { get; }

    /// <summary>The types whose entities such an entity may be in, directly or not; its own among them only when that is declared.</summary>
    public FrozenSet<EntityTypeName> Ancestors { get; internal set; } = FrozenSet<EntityTypeName>.Empty;

    /// <summary>The attributes.</summary>
    public SchemaType.Record Shape { get; }

    /// <summary>The type of all tags; null when there can be none.</summary>
    public SchemaType? Tags { get; }

    /// <summary>The only ids that there are; empty when any string is one.</summary>
    public ImmutableArray<string> EnumIds { get; }

    /// <summary>Whether the ids are listed in the schema.</summary>
    public bool IsEnum => !EnumIds.IsEmpty;

    /// <summary>The annotations of the declaration.</summary>
    public Annotations Annotations { get; }
}
