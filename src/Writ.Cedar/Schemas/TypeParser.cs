using System.Collections.Immutable;
using Writ.Cedar.Syntax;

namespace Writ.Cedar.Schemas;

/// <summary>Parses types and names of a schema. A method that returns null has reported why.</summary>
internal sealed class TypeParser(TokenStream tokens)
{
    private const int MaxPath = 100;

    private readonly MemberParser _member = new(tokens);
    private readonly AnnotationParser _annotations = new(tokens);

    public TypeSyntax? Parse()
    {
        var position = tokens.Position;
        if (tokens.Is("{"))
            return Record();
        if (tokens.Current.Kind != TokenKind.Identifier)
        {
            tokens.Unexpected("the name of a type", "`Set<`", "`{`");
            return null;
        }

        if (!tokens.Is("Set"))
            return Named(Path(), position);
        tokens.Take();
        if (!tokens.Accept("<"))
            return Named(PathAfter("Set"), position);
        if (!tokens.Enter())
            return null;
        var element = Parse();
        tokens.Leave();
        return element is not null && tokens.Expect(">") ? new TypeSyntax.SetOf(element) { Position = position } : null;
    }

    public TypeSyntax? Record()
    {
        var position = tokens.Position;
        if (!tokens.Expect("{") || !tokens.Enter())
            return null;
        var attributes = ImmutableArray.CreateBuilder<AttributeDeclaration>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (!tokens.Is("}"))
        {
            if (_annotations.Parse("attribute") is not { } annotations)
                return null;
            var at = tokens.Position;
            if (Name("the name of an attribute") is not { } name)
                return null;
            if (!names.Add(name))
            {
                tokens.Report(at, $"the record has the attribute {StringLiteral.Quote(name)} already");
                return null;
            }

            var optional = tokens.Current.Kind == TokenKind.Invalid && tokens.CurrentText is "?";
            if (optional)
                tokens.Take();
            if (!tokens.Expect(":") || Parse() is not { } type)
                return null;
            attributes.Add(new AttributeDeclaration { Name = name, Type = type, IsRequired = !optional, Annotations = annotations });
            if (!tokens.Accept(","))
                break;
        }

        tokens.Leave();
        if (tokens.Accept("}"))
            return new TypeSyntax.RecordOf(attributes.ToImmutable()) { Position = position };
        tokens.Unexpected("`,`", "`}`");
        return null;
    }

    /// <summary>Identifiers joined by <c>::</c>; <c>__cedar</c> may be the first.</summary>
    public string? Path() => Segment(first: true) is { } name ? PathAfter(name) : null;

    /// <summary>An identifier that is not reserved.</summary>
    public string? Word(string expected)
    {
        if (tokens.Current.Kind != TokenKind.Identifier)
        {
            tokens.Unexpected(expected);
            return null;
        }

        if (!Identifier.IsReserved(tokens.CurrentText))
            return tokens.Text(tokens.Take());
        tokens.Report($"`{tokens.CurrentText}` is reserved: it cannot be {expected}");
        return null;
    }

    /// <summary>An identifier that is not reserved, or any string.</summary>
    public string? Name(string expected) => tokens.Current.Kind == TokenKind.String ? _member.String() : Word(expected);

    public string? String(string expected)
    {
        if (tokens.Current.Kind == TokenKind.String)
            return _member.String();
        tokens.Unexpected(expected);
        return null;
    }

    /// <summary>The name of an action, or <c>Type::"id"</c>.</summary>
    public ActionReference? Action()
    {
        var position = tokens.Position;
        var quoted = tokens.Current.Kind == TokenKind.String;
        if (Name("the name of an action") is not { } first)
            return null;
        if (quoted || !tokens.Is("::"))
            return new ActionReference(null, first) { Position = position };
        var type = first;
        for (var length = 2; tokens.Accept("::"); length++)
        {
            if (!Fits(length))
                return null;
            if (tokens.Current.Kind == TokenKind.String)
                return _member.String() is { } id ? new ActionReference(type, id) { Position = position } : null;
            if (Word("an identifier or an id in double quotes") is not { } next)
                return null;
            type += "::" + next;
        }

        tokens.Unexpected("`::` and an id in double quotes");
        return null;
    }

    private static TypeSyntax.Named? Named(string? name, SourcePosition position) =>
        name is null ? null : new TypeSyntax.Named(NameKind.EntityOrCommon, name) { Position = position };

    private string? PathAfter(string path)
    {
        for (var length = 2; tokens.Accept("::"); length++)
        {
            if (!Fits(length) || Segment(first: false) is not { } next)
                return null;
            path += "::" + next;
        }

        return path;
    }

    private bool Fits(int length)
    {
        if (length <= MaxPath)
            return true;
        tokens.Report($"a name has at most {MaxPath} identifiers");
        return false;
    }

    private string? Segment(bool first) =>
        first && tokens.Is("__cedar") ? tokens.Text(tokens.Take()) : Word(first ? "the name of a type" : "an identifier");
}
