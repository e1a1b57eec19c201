using System.Collections.Immutable;
using Writ.Cedar.Policies;
using Writ.Cedar.Syntax;

namespace Writ.Cedar.Schemas;

/// <summary>Parses one declaration of a schema into its namespace. A method that returns null or false has reported why.</summary>
internal sealed class DeclarationParser(TokenStream tokens)
{
    private readonly TypeParser _types = new(tokens);

    public bool Parse(NamespaceBuilder target, Annotations annotations)
    {
        if (tokens.Accept("entity"))
            return Entity(target, annotations);
        if (tokens.Accept("action"))
            return Action(target, annotations);
        if (tokens.Accept("type"))
            return CommonType(target, annotations);
        tokens.Unexpected("`entity`", "`action`", "`type`", "`namespace`");
        return false;
    }

    public string? Path() => _types.Path();

    private bool CommonType(NamespaceBuilder target, Annotations annotations)
    {
        var position = tokens.Position;
        if (_types.Word("the name of a type") is not { } name || !Claim(target, 'T', name, position, "common type"))
            return false;
        if (!tokens.Expect("=") || _types.Parse() is not { } type || !tokens.Expect(";"))
            return false;
        target.CommonTypes.Add(new CommonTypeDeclaration { Name = name, Type = type, Annotations = annotations, Position = position });
        return true;
    }

    private bool Entity(NamespaceBuilder target, Annotations annotations)
    {
        var names = new List<(string Name, SourcePosition Position)>();
        do
        {
            var position = tokens.Position;
            if (_types.Word("the name of an entity type") is not { } name || !Claim(target, 'E', name, position, "entity type"))
                return false;
            names.Add((name, position));
        }
        while (tokens.Accept(","));

        var prototype = tokens.Accept("enum") ? Enum() : Body();
        if (prototype is null || !tokens.Expect(";"))
            return false;
        foreach (var (name, position) in names)
            target.EntityTypes.Add(prototype with { Name = name, Annotations = annotations, Position = position });
        return true;
    }

    private EntityDeclaration? Enum()
    {
        if (!tokens.Expect("["))
            return null;
        var ids = ImmutableArray.CreateBuilder<string>();
        do
        {
            if (_types.String("an id in double quotes") is not { } id)
                return null;
            ids.Add(id);
        }
        while (tokens.Accept(","));
        return tokens.Expect("]") ? new EntityDeclaration { Name = "", EnumIds = ids.ToImmutable() } : null;
    }

    private EntityDeclaration? Body()
    {
        var parents = ImmutableArray<string>.Empty;
        if (tokens.Accept("in"))
        {
            if (EntityTypes() is not { } read)
                return null;
            parents = read;
        }

        var shape = TypeSyntax.EmptyRecord;
        if (tokens.Accept("=") || tokens.Is("{"))
        {
            if (_types.Record() is not { } record)
                return null;
            shape = record;
        }

        TypeSyntax? tags = null;
        if (tokens.Accept("tags") && (tags = _types.Parse()) is null)
            return null;
        return new EntityDeclaration { Name = "", MemberOf = parents, Shape = shape, Tags = tags };
    }

    // A path, or paths in brackets.
    private ImmutableArray<string>? EntityTypes()
    {
        var list = tokens.Accept("[");
        var names = ImmutableArray.CreateBuilder<string>();
        if (list && tokens.Accept("]"))
            return [];
        do
        {
            if (Path() is not { } name)
                return null;
            names.Add(name);
        }
        while (list && tokens.Accept(","));
        return !list || tokens.Expect("]") ? names.ToImmutable() : null;
    }

    private bool Action(NamespaceBuilder target, Annotations annotations)
    {
        var names = new List<(string Name, SourcePosition Position)>();
        do
        {
            var position = tokens.Position;
            if (_types.Name("the name of an action") is not { } name || !Claim(target, 'A', name, position, "action"))
                return false;
            names.Add((name, position));
        }
        while (tokens.Accept(","));

        ImmutableArray<ActionReference>? groups = [];
        if (tokens.Accept("in") && (groups = Groups()) is null)
            return false;
        AppliesToDeclaration? appliesTo = null;
        if (tokens.Accept("appliesTo") && (appliesTo = AppliesTo()) is null)
            return false;
        if (tokens.Accept("attributes") && !(tokens.Expect("{") && tokens.Expect("}")))
            return false;
        if (!tokens.Expect(";"))
            return false;
        foreach (var (name, position) in names)
            target.Actions.Add(new ActionDeclaration { Name = name, MemberOf = groups.Value, AppliesTo = appliesTo, Annotations = annotations, Position = position });
        return true;
    }

    private ImmutableArray<ActionReference>? Groups()
    {
        var list = tokens.Accept("[");
        var groups = ImmutableArray.CreateBuilder<ActionReference>();
        do
        {
            if (_types.Action() is not { } group)
                return null;
            groups.Add(group);
        }
        while (list && tokens.Accept(","));
        return !list || tokens.Expect("]") ? groups.ToImmutable() : null;
    }

    private AppliesToDeclaration? AppliesTo()
    {
        if (!tokens.Expect("{"))
            return null;
        ImmutableArray<string>? principals = null, resources = null;
        TypeSyntax? context = null;
        do
        {
            if (tokens.Is("}") && (principals ?? resources) is not null)
                break;
            var position = tokens.Position;
            var word = tokens.CurrentText.ToString();
            if (word is not ("principal" or "resource" or "context"))
            {
                tokens.Unexpected("`principal`", "`resource`", "`context`");
                return null;
            }

            if (word switch { "principal" => principals is not null, "resource" => resources is not null, _ => context is not null })
            {
                tokens.Report(position, $"`{word}` is given already");
                return null;
            }

            tokens.Take();
            if (!tokens.Expect(":"))
                return null;
            var types = tokens.Position;
            if (word == "context")
            {
                if ((context = Context()) is null)
                    return null;
            }
            else if (EntityTypes() is not { } read)
            {
                return null;
            }
            else if (read.IsEmpty)
            {
                tokens.Report(types, $"the list is empty: an action without any {word} is declared without appliesTo");
                return null;
            }
            else if (word == "principal")
            {
                principals = read;
            }
            else
            {
                resources = read;
            }
        }
        while (tokens.Accept(","));

        if (principals is null || resources is null)
        {
            tokens.Report($"`appliesTo` needs a `{(principals is null ? "principal" : "resource")}`");
            return null;
        }

        return tokens.Expect("}") ? new AppliesToDeclaration { Principals = principals.Value, Resources = resources.Value, Context = context ?? TypeSyntax.EmptyRecord } : null;
    }

    private TypeSyntax? Context()
    {
        if (tokens.Is("{"))
            return _types.Record();
        var position = tokens.Position;
        return Path() is { } name ? new TypeSyntax.Named(NameKind.Common, name) { Position = position } : null;
    }

    private bool Claim(NamespaceBuilder target, char kind, string name, SourcePosition position, string what)
    {
        if (target.Claim(kind, name))
            return true;
        tokens.Report(position, $"the {what} {StringLiteral.Quote(name)} is declared already in this namespace");
        return false;
    }
}
