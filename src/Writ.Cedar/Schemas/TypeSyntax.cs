using System.Collections.Immutable;

namespace Writ.Cedar.Schemas;

/// <summary>A type as a schema writes it, its names not yet resolved. Closed: one nested record per form. Immutable.</summary>
public abstract record TypeSyntax
{
    private TypeSyntax()
    {
    }

    /// <summary>Where the type starts; unknown when it was not read from text.</summary>
    public SourcePosition Position { get; init; }

    /// <summary>The record without attributes.</summary>
    public static TypeSyntax EmptyRecord { get; } = new RecordOf([]);

    /// <summary>
    /// Values of which nothing is said but that they are no entities. Neither form of Cedar's schemas can write it: it is for schemas that
    /// are made of others, such as a tool's, which leave places open.
    /// </summary>
    public sealed record Any : TypeSyntax;

    /// <summary>A name.</summary>
    /// <param name="Kind">What it may stand for.</param>
    /// <param name="Name">Identifiers joined by <c>::</c>, without spaces.</param>
    public sealed record Named(NameKind Kind, string Name) : TypeSyntax;

    /// <summary><c>Set&lt;Element&gt;</c></summary>
    /// <param name="Element">The type of the elements.</param>
    public sealed record SetOf(TypeSyntax Element) : TypeSyntax;

    /// <summary><c>{ name: Type, other?: Type }</c></summary>
    /// <param name="Attributes">The attributes, in the order of the source; each name once.</param>
    public sealed record RecordOf(ImmutableArray<AttributeDeclaration> Attributes) : TypeSyntax
    {
        /// <summary>Whether there may be others too, of which nothing is said; false by default. Like <see cref="Any"/>, neither form writes it.</summary>
        public bool IsOpen { get; init; }
    }
}
