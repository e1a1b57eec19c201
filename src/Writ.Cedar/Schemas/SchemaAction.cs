using System.Collections.Frozen;
using System.Collections.Immutable;
using Writ.Cedar.Entities;
using Writ.Cedar.Policies;

namespace Writ.Cedar.Schemas;

/// <summary>An action of a schema. Immutable.</summary>
public sealed class SchemaAction
{
    internal SchemaAction(
        EntityUid uid, ImmutableArray<EntityUid> memberOf, ImmutableArray<EntityTypeName> principals, ImmutableArray<EntityTypeName> resources, SchemaType.Record context, Annotations annotations)
    {
        Uid = uid;
        MemberOf = memberOf;
        Principals = principals;
        Resources = resources;
        Context = context;
        Annotations = annotations;
    }

    /// <summary>The action.</summary>
    public EntityUid Uid { get; }

    /// <summary>The groups that it is directly in.</summary>
    public ImmutableArray<EntityUid> MemberOf { get; }

    /// <summary>The groups that it is in, directly or not.</summary>
    public FrozenSet<EntityUid> Ancestors { get; internal set; } = FrozenSet<EntityUid>.Empty;

    /// <summary>The types that the principal of a request may have; empty for a mere group.</summary>
    public ImmutableArray<EntityTypeName> Principals { get; }

    /// <summary>The types that the resource of a request may have; empty for a mere group.</summary>
    public ImmutableArray<EntityTypeName> Resources { get; }

    /// <summary>The context of a request.</summary>
    public SchemaType.Record Context { get; }

    /// <summary>The annotations of the declaration.</summary>
    public Annotations Annotations { get; }
}
