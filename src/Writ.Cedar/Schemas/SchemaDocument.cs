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
    /// Writes the text form, which reads back as a schema of the same meaning. Refused is what only JSON can say: attributes or a
    /// context that are an alias, where the text has only a record or a name of one, or an entity type hidden by a common type of its name.
    /// </summary>
    public ParseResult<string> Print() => new SchemaPrinter(this).Print();
}
