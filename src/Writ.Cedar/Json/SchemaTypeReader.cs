using System.Collections.Immutable;
using System.Text.Json;
using Writ.Cedar.Entities;
using Writ.Cedar.Policies;
using Writ.Cedar.Schemas;
using Writ.Cedar.Syntax;

namespace Writ.Cedar.Json;

/// <summary>Reads types of the JSON form of a schema. A method that returns null has reported why.</summary>
internal sealed class SchemaTypeReader(JsonInput input)
{
    private int _depth;

    /// <summary>Whether the text can name a type: a name, or one of the built-in ones under <c>__cedar</c>.</summary>
    public static bool IsName(string text) =>
        EntityTypeName.TryParse(text, out _) || (text.StartsWith("__cedar::", StringComparison.Ordinal) && Identifier.IsUsable(text.AsSpan("__cedar::".Length)));

    /// <summary>A type that can be neither optional nor annotated.</summary>
    public TypeSyntax? Type(JsonNode node) => input.Members(node, "a type") is { } members ? Nested(node, members) : null;

    /// <summary>A type beside which may stand whether it is required, and annotations.</summary>
    public (TypeSyntax Type, bool IsRequired, Annotations Annotations)? Declared(JsonNode node)
    {
        if (input.Members(node, "a type") is not { } members)
            return null;
        var parts = members.ToDictionary(StringComparer.Ordinal);
        if (Annotations(parts) is not { } annotations)
            return null;
        var required = true;
        if (parts.TryGetValue("required", out var given))
        {
            if (given.Kind is not (JsonValueKind.True or JsonValueKind.False))
            {
                input.Unexpected(given, "true", "false");
                return null;
            }

            required = given.Kind == JsonValueKind.True;
        }

        members.RemoveAll(member => member.Key is "required" or "annotations");
        return Nested(node, members) is { } type ? (type, required, annotations) : null;
    }

    /// <summary>The annotations among the members of an object. An empty value is that of a bare annotation.</summary>
    public Annotations? Annotations(IReadOnlyDictionary<string, JsonNode> parts)
    {
        if (!parts.TryGetValue("annotations", out var node))
            return Policies.Annotations.None;
        if (input.Members(node, "an object of annotations") is not { } members)
            return null;
        var annotations = new List<Annotation>();
        foreach (var (key, member) in members)
        {
            if (!Identifier.IsWellFormed(key))
            {
                input.Report(member, $"{StringLiteral.Quote(key)} is not an identifier");
                return null;
            }

            string? value = null;
            if (member.Kind != JsonValueKind.Null && (value = input.String(member, "the text of an annotation")) is null)
                return null;
            annotations.Add(new Annotation(key, string.IsNullOrEmpty(value) ? null : value));
        }

        return new Annotations(annotations);
    }

    private TypeSyntax? Nested(JsonNode node, List<KeyValuePair<string, JsonNode>> members)
    {
        if (_depth == input.Options.MaxValueDepth)
        {
            input.Report(node, $"more than {input.Options.MaxValueDepth} types are open here: the limit guards the stack");
            return null;
        }

        _depth++;
        var type = Read(node, members.ToDictionary(StringComparer.Ordinal));
        _depth--;
        return type;
    }

    private TypeSyntax? Read(JsonNode node, Dictionary<string, JsonNode> parts)
    {
        if (!parts.TryGetValue("type", out var given))
        {
            input.Report(node, "\"type\" is missing");
            return null;
        }

        if (input.String(given, "the name of a type") is not { } kind)
            return null;
        string? member = kind switch { "Set" => "element", "Record" => "attributes", "Entity" or "Extension" or "EntityOrCommon" => "name", _ => null };
        foreach (var (name, extra) in parts)
        {
            if (name == "type" || name == member || (kind == "Record" && name == "additionalAttributes" && extra.Kind == JsonValueKind.False))
                continue;
            input.Report(extra, name == "additionalAttributes" ? "records with attributes that the schema does not name are not supported" : $"a type of this kind has no \"{name}\"");
            return null;
        }

        if (member is null)
            return Alone(given, kind);
        if (parts.TryGetValue(member, out var content))
            return kind switch { "Set" => Type(content) is { } element ? new TypeSyntax.SetOf(element) : null, "Record" => Record(content), _ => Named(kind, content) };
        input.Report(node, $"\"{member}\" is missing");
        return null;
    }

    private TypeSyntax.Named? Alone(JsonNode node, string kind)
    {
        if (kind is "Boolean" or "Bool" or "Long" or "String")
            return new TypeSyntax.Named(NameKind.Primitive, kind == "Boolean" ? "Bool" : kind);
        if (IsName(kind))
            return new TypeSyntax.Named(NameKind.Common, kind);
        input.Report(node, $"{StringLiteral.Quote(kind)} is not the name of a type");
        return null;
    }

    private TypeSyntax.Named? Named(string kind, JsonNode node)
    {
        if (input.String(node, "the name of a type") is not { } name)
            return null;
        if (IsName(name))
            return new TypeSyntax.Named(Enum.Parse<NameKind>(kind), name);
        input.Report(node, $"{StringLiteral.Quote(name)} is not the name of a type");
        return null;
    }

    private TypeSyntax.RecordOf? Record(JsonNode node)
    {
        if (input.Members(node, "an object of attributes") is not { } members)
            return null;
        var attributes = ImmutableArray.CreateBuilder<AttributeDeclaration>(members.Count);
        foreach (var (name, member) in members)
        {
            if (Declared(member) is not var (type, required, annotations))
                return null;
            attributes.Add(new AttributeDeclaration { Name = name, Type = type, IsRequired = required, Annotations = annotations });
        }

        return new TypeSyntax.RecordOf(attributes.MoveToImmutable());
    }
}
