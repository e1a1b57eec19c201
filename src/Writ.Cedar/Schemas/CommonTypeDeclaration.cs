using Writ.Cedar.Policies;

namespace Writ.Cedar.Schemas;

/// <summary><c>type Name = Type;</c>, a name for a type. Immutable.</summary>
public sealed record CommonTypeDeclaration
{
    /// <summary>The name, without its namespace.</summary>
    public required string Name { get; init; }

    /// <summary>The type it stands for.</summary>
    public required TypeSyntax Type { get; init; }

    /// <summary>The annotations.</summary>
    public Annotations Annotations { get; init; } = Annotations.None;

    /// <summary>Where the name stands; unknown when it was not read from text.</summary>
    public SourcePosition Position { get; init; }
}
