using System.Collections.Immutable;
using Writ.Cedar.Entities;
using Writ.Cedar.Policies;

namespace Writ.Cedar.Json;

/// <summary>Reads scopes of the JSON policy form: objects with an <c>op</c>.</summary>
internal sealed class ScopeReader(JsonInput input)
{
    private readonly ValueReader _values = new(input);

    public EntityScope? Entity(JsonNode node, string slot)
    {
        switch (Operator(node))
        {
            case null:
                return null;
            case "All" or "all":
                return input.Object(node, "a scope", ["op"]) is null ? null : new EntityScope.Any();
            case "==":
                return Target(node, ["op"], slot) is { } equal ? new EntityScope.Equal(equal) : null;
            case "in":
                return Target(node, ["op"], slot) is { } container ? new EntityScope.In(container) : null;
            case "is":
                return Is(node, slot);
            default:
                input.Report(node, "the operators of a scope are All, ==, in and is");
                return null;
        }
    }

    public ActionScope? Action(JsonNode node)
    {
        switch (Operator(node))
        {
            case null:
                return null;
            case "All" or "all":
                return input.Object(node, "a scope", ["op"]) is null ? null : new ActionScope.Any();
            case "==":
                return input.Object(node, "a scope", ["op", "entity"]) is { } equal && SingleAction(equal["entity"]) is { } action ? new ActionScope.Equal(action) : null;
            case "in" when node.Element.TryGetProperty("entities", out _):
                return input.Object(node, "a scope", ["op", "entities"]) is { } list ? Actions(list["entities"]) : null;
            case "in":
                return input.Object(node, "a scope", ["op", "entity"]) is { } one && SingleAction(one["entity"]) is { } group ? new ActionScope.In(group) : null;
            default:
                input.Report(node, "the operators of an action's scope are All, == and in");
                return null;
        }
    }

    private string? Operator(JsonNode node)
    {
        if (input.Members(node, "a scope") is not { } members)
            return null;
        foreach (var (name, member) in members)
        {
            if (name == "op")
                return input.String(member, "an operator");
        }

        input.Report(node, "\"op\" is missing");
        return null;
    }

    private EntityScope? Is(JsonNode node, string slot)
    {
        if (input.Object(node, "a scope", ["op", "entity_type"], ["in"]) is not { } parts || _values.EntityType(parts["entity_type"]) is not { } type)
            return null;
        if (!parts.TryGetValue("in", out var inside))
            return new EntityScope.Is(type);
        return Target(inside, [], slot) is { } container ? new EntityScope.IsIn(type, container) : null;
    }

    private ScopeTarget? Target(JsonNode node, string[] besides, string slot)
    {
        if (input.Object(node, "an entity or a slot", besides, ["entity", "slot"]) is not { } parts)
            return null;
        if (parts.ContainsKey("entity") == parts.ContainsKey("slot"))
        {
            input.Report(node, "a scope compares with either \"entity\" or \"slot\"");
            return null;
        }

        if (parts.TryGetValue("entity", out var entity))
            return _values.Entity(entity) is { } uid ? (ScopeTarget)uid : null;
        if (input.String(parts["slot"], slot) is not { } given)
            return null;
        if (given == slot)
            return ScopeTarget.Slot;
        input.Report(parts["slot"], $"the slot of this scope is {slot}");
        return null;
    }

    private ActionScope.InAny? Actions(JsonNode node)
    {
        if (!input.Array(node, "an array of actions"))
            return null;
        var actions = ImmutableArray.CreateBuilder<EntityUid>();
        foreach (var item in node.Items())
        {
            if (SingleAction(item) is not { } action)
                return null;
            actions.Add(action);
        }

        return new ActionScope.InAny(actions.DrainToImmutable());
    }

    private EntityUid? SingleAction(JsonNode node)
    {
        if (_values.Entity(node) is not { } uid)
            return null;
        if (uid.Type.IsAction)
            return uid;
        input.Report(node, $"an action is of a type whose last name is Action, not of type {uid.Type}");
        return null;
    }
}
