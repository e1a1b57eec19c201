using System.Collections.Immutable;
using Writ.Cedar.Policies;

namespace Writ.Cedar.Schemas;

/// <summary><c>entity Name in [Parent] = { … } tags Type;</c> or <c>entity Name enum ["a", "b"];</c>. Immutable.</summary>
public sealed record EntityDeclaration
{
    /// <summary>The name, without its namespace.</summary>
    public required string Name { get; init; }

    /// <summary>The names of the types whose entities such an entity may be directly in.</summary>
    public ImmutableArray<string> MemberOf { get; init; } = [];

    /// <summary>The attributes: a record, or a name of one; the empty record by default.</summary>
    public TypeSyntax Shape { get; init; } = TypeSyntax.EmptyRecord;

    /// <summary>The type of all tags; null, the default, when there can be none.</summary>
    public TypeSyntax? Tags { get; init; }

    /// <summary>The only ids that there are; empty, the default, when any string is one. Such a type has neither parents nor attributes nor tags.</summary>
    public ImmutableArray<string> EnumIds { get; init; } = [];

    /// <summary>The annotations.</summary>
    public Annotations Annotations { get; init; } = Annotations.None;

    /// <summary>Where the name stands; unknown when it was not read from text.</summary>
    public SourcePosition Position { get; init; }
}
