using System.Collections.Immutable;
using System.Text.Json;
using Writ.Cedar.Policies;
using Writ.Cedar.Schemas;
using Writ.Cedar.Syntax;

namespace Writ.Cedar.Json;

/// <summary>Reads the JSON form of a schema. A method that returns null has reported why.</summary>
internal sealed class SchemaReader
{
    private readonly JsonInput _input;
    private readonly SchemaTypeReader _types;

    public SchemaReader(JsonInput input)
    {
        _input = input;
        _types = new SchemaTypeReader(input);
    }

    public SchemaDocument? Document(JsonNode node)
    {
        if (_input.Members(node, "an object of namespaces") is not { } members)
            return null;
        var spaces = ImmutableArray.CreateBuilder<NamespaceDeclaration>();
        foreach (var (name, member) in members)
        {
            if (Namespace(name, member) is not { } space)
                return null;
            spaces.Add(space);
        }

        return new SchemaDocument { Namespaces = spaces.ToImmutable() };
    }

    private NamespaceDeclaration? Namespace(string name, JsonNode node)
    {
        if (name.Length > 0 && !Entities.EntityTypeName.TryParse(name, out _))
        {
            _input.Report(node, $"{StringLiteral.Quote(name)} is not the name of a namespace");
            return null;
        }

        if (_input.Object(node, "a namespace", ["entityTypes", "actions"], ["commonTypes", "annotations"]) is not { } parts
            || Each(parts["entityTypes"], Entity) is not { } entities
            || Each(parts["actions"], Action) is not { } actions
            || _types.Annotations(parts) is not { } annotations)
        {
            return null;
        }

        ImmutableArray<CommonTypeDeclaration>? common = [];
        if (parts.TryGetValue("commonTypes", out var types) && (common = Each(types, CommonType)) is null)
            return null;
        return new NamespaceDeclaration
        {
            Name = name,
            CommonTypes = common.Value,
            EntityTypes = entities,
            Actions = actions,
            Annotations = annotations,
            SourceName = _input.Options.SourceName,
        };
    }

    private ImmutableArray<T>? Each<T>(JsonNode node, Func<string, JsonNode, T?> read)
        where T : class
    {
        if (_input.Members(node, "an object of declarations") is not { } members)
            return null;
        var items = ImmutableArray.CreateBuilder<T>(members.Count);
        foreach (var (name, member) in members)
        {
            if (read(name, member) is not { } item)
                return null;
            items.Add(item);
        }

        return items.MoveToImmutable();
    }

    private CommonTypeDeclaration? CommonType(string name, JsonNode node) =>
        IsIdentifier(name, node) && _types.Declared(node) is var (type, _, annotations)
            ? new CommonTypeDeclaration { Name = name, Type = type, Annotations = annotations }
            : null;

    private EntityDeclaration? Entity(string name, JsonNode node)
    {
        if (!IsIdentifier(name, node) || _input.Object(node, "an entity type", [], ["memberOfTypes", "shape", "tags", "enum", "annotations"]) is not { } parts
            || _types.Annotations(parts) is not { } annotations)
        {
            return null;
        }

        var entity = new EntityDeclaration { Name = name, Annotations = annotations };
        if (parts.TryGetValue("enum", out var ids))
        {
            if (parts.Keys.FirstOrDefault(key => key is not ("enum" or "annotations")) is { } other)
            {
                _input.Report(node, $"an enumerated entity type has no \"{other}\"");
                return null;
            }

            if (Strings(ids, "an id", _ => true) is not { } read)
                return null;
            if (read.IsEmpty)
            {
                _input.Report(ids, "an enumerated entity type has at least one id");
                return null;
            }

            return entity with { EnumIds = read };
        }

        if (parts.TryGetValue("memberOfTypes", out var parents))
        {
            if (Strings(parents, "the name of an entity type", SchemaTypeReader.IsName) is not { } read)
                return null;
            entity = entity with { MemberOf = read };
        }

        if (parts.TryGetValue("shape", out var shape))
        {
            if (_types.Type(shape) is not { } read)
                return null;
            entity = entity with { Shape = read };
        }

        if (parts.TryGetValue("tags", out var tags))
        {
            if (_types.Type(tags) is not { } read)
                return null;
            entity = entity with { Tags = read };
        }

        return entity;
    }

    private ActionDeclaration? Action(string name, JsonNode node)
    {
        if (_input.Object(node, "an action", [], ["memberOf", "appliesTo", "attributes", "annotations"]) is not { } parts || _types.Annotations(parts) is not { } annotations)
            return null;
        if (parts.TryGetValue("attributes", out var attributes) && attributes.Kind != JsonValueKind.Null
            && (_input.Members(attributes, "an empty object") is not { } none || none.Count > 0))
        {
            _input.Report(attributes, "actions have no attributes");
            return null;
        }

        var action = new ActionDeclaration { Name = name, Annotations = annotations };
        if (parts.TryGetValue("memberOf", out var groups) && groups.Kind != JsonValueKind.Null)
        {
            if (Groups(groups) is not { } read)
                return null;
            action = action with { MemberOf = read };
        }

        if (parts.TryGetValue("appliesTo", out var applies) && applies.Kind != JsonValueKind.Null)
        {
            if (AppliesTo(applies) is not { } read)
                return null;
            action = action with { AppliesTo = read };
        }

        return action;
    }

    private ImmutableArray<ActionReference>? Groups(JsonNode node)
    {
        if (!_input.Array(node, "an array of actions"))
            return null;
        var groups = ImmutableArray.CreateBuilder<ActionReference>();
        foreach (var item in node.Items())
        {
            if (_input.Object(item, "an action", ["id"], ["type"]) is not { } parts || _input.String(parts["id"], "the id of an action") is not { } id)
                return null;
            string? type = null;
            if (parts.TryGetValue("type", out var given) && given.Kind != JsonValueKind.Null && (type = Name(given, "the type of an action", SchemaTypeReader.IsName)) is null)
                return null;
            groups.Add(new ActionReference(type, id));
        }

        return groups.ToImmutable();
    }

    private AppliesToDeclaration? AppliesTo(JsonNode node)
    {
        if (_input.Object(node, "what the action applies to", ["principalTypes", "resourceTypes"], ["context"]) is not { } parts
            || Strings(parts["principalTypes"], "the name of an entity type", SchemaTypeReader.IsName) is not { } principals
            || Strings(parts["resourceTypes"], "the name of an entity type", SchemaTypeReader.IsName) is not { } resources)
        {
            return null;
        }

        var context = TypeSyntax.EmptyRecord;
        if (parts.TryGetValue("context", out var given))
        {
            if (_types.Type(given) is not { } read)
                return null;
            context = read;
        }

        return new AppliesToDeclaration { Principals = principals, Resources = resources, Context = context };
    }

    private ImmutableArray<string>? Strings(JsonNode node, string expected, Func<string, bool> isRight)
    {
        if (!_input.Array(node, "an array"))
            return null;
        var strings = ImmutableArray.CreateBuilder<string>();
        foreach (var item in node.Items())
        {
            if (Name(item, expected, isRight) is not { } text)
                return null;
            strings.Add(text);
        }

        return strings.ToImmutable();
    }

    private string? Name(JsonNode node, string expected, Func<string, bool> isRight)
    {
        if (_input.String(node, expected) is not { } text)
            return null;
        if (isRight(text))
            return text;
        _input.Report(node, $"{StringLiteral.Quote(text)} is not {expected}");
        return null;
    }

    private bool IsIdentifier(string name, JsonNode node)
    {
        if (Identifier.IsUsable(name))
            return true;
        _input.Report(node, $"{StringLiteral.Quote(name)} is not a name: it must be an identifier that is not reserved");
        return false;
    }
}
