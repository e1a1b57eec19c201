using System.Collections.Immutable;
using Writ.Cedar.Policies;
using Writ.Cedar.Syntax;

namespace Writ.Cedar.Schemas;

/// <summary>Parses the text form of a schema. Reads on after a fault behind the next semicolon, which ends every declaration.</summary>
internal sealed class SchemaParser
{
    private readonly TokenStream _tokens;
    private readonly AnnotationParser _annotations;
    private readonly DeclarationParser _declarations;
    private readonly Dictionary<string, NamespaceBuilder> _namespaces = new(StringComparer.Ordinal);

    private SchemaParser(TokenStream tokens)
    {
        _tokens = tokens;
        _annotations = new AnnotationParser(tokens);
        _declarations = new DeclarationParser(tokens);
    }

    public static ParseResult<SchemaDocument> Parse(string source, ParseOptions options)
    {
        var tokens = new TokenStream(source, options);
        var parser = new SchemaParser(tokens);
        while (!tokens.AtEnd && !tokens.TooManyErrors)
        {
            if (!parser.Item())
                tokens.SkipPolicy();
        }

        return tokens.Diagnostics.IsEmpty
            ? new ParseResult<SchemaDocument>.Success(new SchemaDocument { Namespaces = [.. parser._namespaces.Values.Select(item => item.Build(options.SourceName))] })
            : new ParseResult<SchemaDocument>.Failure(tokens.Diagnostics);
    }

    private bool Item()
    {
        if (Annotations() is not { } annotations)
            return false;
        if (!_tokens.Accept("namespace"))
        {
            if (!_namespaces.TryGetValue("", out var unnamed))
                _namespaces.Add("", unnamed = new NamespaceBuilder("", default, Policies.Annotations.None));
            return _declarations.Parse(unnamed, annotations);
        }

        var position = _tokens.Position;
        if (_declarations.Path() is not { } name)
            return false;
        if (name.Split("::").Contains("__cedar"))
        {
            _tokens.Report(position, "`__cedar` is reserved");
            return false;
        }

        var block = new NamespaceBuilder(name, position, annotations);
        if (!_namespaces.TryAdd(name, block))
        {
            _tokens.Report(position, $"the namespace `{name}` is declared already: put both in one block");
            return false;
        }

        return _tokens.Expect("{") && Block(block);
    }

    private bool Block(NamespaceBuilder block)
    {
        while (!_tokens.Accept("}"))
        {
            if (_tokens.AtEnd || _tokens.TooManyErrors)
            {
                _tokens.Unexpected("`}`");
                return false;
            }

            if (Annotations() is not { } annotations || !_declarations.Parse(block, annotations))
                _tokens.SkipPolicy();
        }

        return true;
    }

    private Annotations? Annotations() => _annotations.Parse("declaration");
}
