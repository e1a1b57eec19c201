using System.Collections.Immutable;
using Writ.Cedar.Syntax;

namespace Writ.Cedar.Schemas;

/// <summary>
/// A schema as it is written: declarations whose names nobody has looked up yet. <see cref="Schema.Create"/> resolves one or several.
/// Immutable.
/// </summary>
public sealed record SchemaDocument
{
    /// <summary>The namespaces, in the order of the source; each name once.</summary>
    public ImmutableArray<NamespaceDeclaration> Namespaces { get; init; } = [];

    /// <summary>Reads the text form (<c>.cedarschema</c>) in the bounds of the options.</summary>
    public static ParseResult<SchemaDocument> Parse(string text, ParseOptions? options = null)
    {
        options ??= ParseOptions.Default;
        return SourceText.Check(text, options) is { } problem ? ParseResult<SchemaDocument>.Refuse(problem) : SchemaParser.Parse(text, options);
    }

    /// <summary>Reads the text form (<c>.cedarschema</c>) from UTF-8, with or without a byte order mark.</summary>
    public static ParseResult<SchemaDocument> Parse(ReadOnlySpan<byte> utf8, ParseOptions? options = null)
    {
        options ??= ParseOptions.Default;
        return SourceText.TryDecode(utf8, options, out var source, out var problem) ? SchemaParser.Parse(source, options) : ParseResult<SchemaDocument>.Refuse(problem);
    }

    /// <summary>
    /// The same, with what is left open left out: no attributes of which nothing is said, and no records that may have others. That has
    /// both forms of Cedar's.
    /// </summary>
    public SchemaDocument Closed() => new()
    {
        Namespaces = [.. Namespaces.Select(space => space with
        {
            CommonTypes = [.. from type in space.CommonTypes where Closed(type.Type) is not null select type with { Type = Closed(type.Type)! }],
            EntityTypes = [.. space.EntityTypes.Select(entity => entity with { Shape = Closed(entity.Shape) ?? TypeSyntax.EmptyRecord, Tags = entity.Tags is null ? null : Closed(entity.Tags) })],
            Actions = [.. space.Actions.Select(action => action with { AppliesTo = action.AppliesTo is { } applies ? applies with { Context = Closed(applies.Context) ?? TypeSyntax.EmptyRecord } : null })],
        })],
    };

    // Null for a type of which, or of whose elements, nothing is said.
    private static TypeSyntax? Closed(TypeSyntax type) => type switch
    {
        TypeSyntax.Any => null,
        TypeSyntax.SetOf set => Closed(set.Element) is { } element ? set with { Element = element } : null,
        TypeSyntax.RecordOf record => record with
        {
            Attributes = [.. from attribute in record.Attributes where Closed(attribute.Type) is not null select attribute with { Type = Closed(attribute.Type)! }],
            IsOpen = false,
        },
        _ => type,
    };

    /// <summary>
    /// Writes the text form, which reads back as a schema of the same meaning. Refused is what only JSON can say: attributes or a
    /// context that are an alias, where the text has only a record or a name of one, or an entity type hidden by a common type of its name;
    /// and what is left open (see <see cref="Closed"/>).
    /// </summary>
    public ParseResult<string> Print() => new SchemaPrinter(this).Print();
}
