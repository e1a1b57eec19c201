using System.Collections.Immutable;

namespace Writ.Cedar.Schemas;

/// <summary>What requests for an action look like. Immutable.</summary>
public sealed record AppliesToDeclaration
{
    /// <summary>The names of the types that the principal may have.</summary>
    public required ImmutableArray<string> Principals { get; init; }

    /// <summary>The names of the types that the resource may have.</summary>
    public required ImmutableArray<string> Resources { get; init; }

    /// <summary>The context: a record, or a name of one; the empty record by default.</summary>
    public TypeSyntax Context { get; init; } = TypeSyntax.EmptyRecord;
}
