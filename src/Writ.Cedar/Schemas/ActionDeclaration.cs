using System.Collections.Immutable;
using Writ.Cedar.Policies;

namespace Writ.Cedar.Schemas;

/// <summary><c>action "name" in [group] appliesTo { … };</c>. Immutable.</summary>
public sealed record ActionDeclaration
{
    /// <summary>The id; any string.</summary>
    public required string Name { get; init; }

    /// <summary>The groups that the action is directly in.</summary>
    public ImmutableArray<ActionReference> MemberOf { get; init; } = [];

    /// <summary>What the action applies to; null, the default, for a mere group, for which there are no requests.</summary>
    public AppliesToDeclaration? AppliesTo { get; init; }

    /// <summary>The annotations.</summary>
    public Annotations Annotations { get; init; } = Annotations.None;

    /// <summary>Where the name stands; unknown when it was not read from text.</summary>
    public SourcePosition Position { get; init; }
}
