using System.Collections.Immutable;
using Writ.Cedar.Policies;

namespace Writ.Cedar.Schemas;

/// <summary>The declarations of one namespace, each list in the order of the source. Immutable.</summary>
public sealed record NamespaceDeclaration
{
    /// <summary>The name; empty for the namespace without a name.</summary>
    public string Name { get; init; } = "";

    /// <summary>The common types.</summary>
    public ImmutableArray<CommonTypeDeclaration> CommonTypes { get; init; } = [];

    /// <summary>The entity types, one for each name, also where the text declares several at once.</summary>
    public ImmutableArray<EntityDeclaration> EntityTypes { get; init; } = [];

    /// <summary>The actions, one for each name, also where the text declares several at once.</summary>
    public ImmutableArray<ActionDeclaration> Actions { get; init; } = [];

    /// <summary>The annotations; the namespace without a name has none.</summary>
    public Annotations Annotations { get; init; } = Annotations.None;

    /// <summary>The name of the source it was read from; empty when there is none.</summary>
    public string SourceName { get; init; } = "";

    /// <summary>Where the name stands; unknown when it was not read from text.</summary>
    public SourcePosition Position { get; init; }
}
