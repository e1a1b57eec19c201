using Writ.Cedar.Policies;

namespace Writ.Cedar.Schemas;

/// <summary>An attribute of a record type. Immutable.</summary>
public sealed record AttributeDeclaration
{
    /// <summary>The name; any string.</summary>
    public required string Name { get; init; }

    /// <summary>The type of its value.</summary>
    public required TypeSyntax Type { get; init; }

    /// <summary>Whether every record has it; true by default, false where the text has a <c>?</c>.</summary>
    public bool IsRequired { get; init; } = true;

    /// <summary>The annotations.</summary>
    public Annotations Annotations { get; init; } = Annotations.None;
}
