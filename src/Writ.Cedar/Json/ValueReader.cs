using System.Text.Json;
using Writ.Cedar.Entities;
using Writ.Cedar.Extensions;
using Writ.Cedar.Values;

namespace Writ.Cedar.Json;

/// <summary>Reads values out of a document.</summary>
internal sealed class ValueReader(JsonInput input)
{
    private int _depth;

    public Value? Read(JsonNode node)
    {
        switch (node.Kind)
        {
            case JsonValueKind.True or JsonValueKind.False:
                return BoolValue.Of(node.Kind == JsonValueKind.True);
            case JsonValueKind.String:
                return new StringValue(node.Element.GetString()!);
            case JsonValueKind.Number:
                return Long(node);
            case JsonValueKind.Array:
                return Nested(node, Set);
            case JsonValueKind.Object:
                return Nested(node, Object);
            default:
                input.Report(node, "Cedar has no null: leave the attribute out");
                return null;
        }
    }

    /// <summary>An object as a record, whatever it holds: it stands where only a record can.</summary>
    public RecordValue? Record(JsonNode node) => input.Members(node, "an object") is { } members ? Nested(node, _ => Record(members)) : null;

    public LongValue? Long(JsonNode node)
    {
        // A minus zero is a fraction to Cedar's reader, and to this one.
        if (node.Element.TryGetInt64(out var number) && (number != 0 || node.Element.GetRawText() == "0"))
            return new LongValue(number);
        input.Report(node, "a number is an integer from -9223372036854775808 to 9223372036854775807, without point or exponent");
        return null;
    }

    /// <summary>An entity: <c>{"type", "id"}</c>, alone or behind <c>__entity</c>.</summary>
    public EntityUid? Entity(JsonNode node)
    {
        if (input.Members(node, "an entity") is not { } members)
            return null;
        if (members is [{ Key: "__entity", Value: var escaped }])
            return Entity(escaped);
        if (input.Object(node, "an entity", ["type", "id"]) is not { } parts
            || EntityType(parts["type"]) is not { } type || input.String(parts["id"], "the id of an entity") is not { } id)
        {
            return null;
        }

        return new EntityUid(type, id);
    }

    public EntityTypeName? EntityType(JsonNode node)
    {
        if (input.String(node, "the name of an entity type") is not { } text)
            return null;
        if (EntityTypeName.TryParse(text, out var type))
            return type;
        input.Report(node, $"{Syntax.StringLiteral.Quote(text)} is not the name of an entity type");
        return null;
    }

    /// <summary>The function and the arguments of <c>{"fn", "arg"}</c> or <c>{"fn", "args"}</c>.</summary>
    public (ExtensionFunction Function, List<JsonNode> Arguments)? Extension(JsonNode node)
    {
        if (input.Object(node, "a call of an extension function", ["fn"], ["arg", "args"]) is not { } parts || input.String(parts["fn"], "the name of a function") is not { } name)
            return null;
        if (!ExtensionFunction.TryFind(name, out var function))
        {
            input.Report(parts["fn"], $"there is no extension function {Syntax.StringLiteral.Quote(name)}");
            return null;
        }

        var single = parts.TryGetValue("arg", out var one);
        if (single == parts.TryGetValue("args", out var many))
        {
            input.Report(node, "a call has either \"arg\" or \"args\"");
            return null;
        }

        if (!single && !input.Array(many, "the arguments of the call"))
            return null;
        return (function, single ? [one] : [.. many.Items()]);
    }

    private T? Nested<T>(JsonNode node, Func<JsonNode, T?> read)
        where T : Value
    {
        if (_depth == input.Options.MaxValueDepth)
        {
            input.Report(node, $"more than {input.Options.MaxValueDepth} objects and arrays are open here: the limit guards the stack");
            return null;
        }

        _depth++;
        var value = read(node);
        _depth--;
        return value;
    }

    private SetValue? Set(JsonNode node)
    {
        var elements = new List<Value>();
        foreach (var item in node.Items())
        {
            if (Read(item) is not { } element)
                return null;
            elements.Add(element);
        }

        return SetValue.Of(elements);
    }

    private Value? Object(JsonNode node) => input.Members(node, "an object") switch
    {
        null => null,
        [{ Key: "__entity", Value: var escaped }] => Entity(escaped) is { } uid ? new EntityValue(uid) : null,
        [{ Key: "__extn", Value: var escaped }] => Call(escaped),
        [{ Key: "__expr", Value: var escaped }] => Expression(escaped),
        var members => Record(members),
    };

    private RecordValue? Record(List<KeyValuePair<string, JsonNode>> members)
    {
        var builder = new RecordBuilder(members.Count);
        foreach (var (name, member) in members)
        {
            if (Read(member) is not { } value)
                return null;
            builder.Add(name, value);
        }

        return builder.Build();
    }

    private Value? Call(JsonNode node)
    {
        if (Extension(node) is not var (function, nodes))
            return null;
        var arguments = new List<Value>();
        foreach (var item in nodes)
        {
            if (Read(item) is not { } argument)
                return null;
            arguments.Add(argument);
        }

        if (function.Call(arguments.ToArray(), out var fault) is { } value)
            return value;
        input.Report(node, fault!.Message);
        return null;
    }

    private Value? Expression(JsonNode node)
    {
        input.Report(node, "the escape __expr is no longer part of Cedar: use __entity or __extn");
        return null;
    }
}
