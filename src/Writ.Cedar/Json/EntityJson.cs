using Writ.Cedar.Entities;
using Writ.Cedar.Values;

namespace Writ.Cedar.Json;

/// <summary>
/// Reads entities in Cedar's JSON, without a schema: an array of <c>{"uid", "attrs", "parents", "tags"}</c>, of which only <c>tags</c> may
/// be left out. References inside attributes need their <c>__entity</c> and <c>__extn</c>. Names not known here are refused.
/// </summary>
public static class EntityJson
{
    /// <summary>Reads a store from text.</summary>
    public static ParseResult<EntityStore> Read(string json, JsonOptions? options = null) => JsonInput.Read(json, options, Store);

    /// <summary>Reads a store from UTF-8.</summary>
    public static ParseResult<EntityStore> Read(ReadOnlyMemory<byte> utf8, JsonOptions? options = null) => JsonInput.Read(utf8, options, Store);

    private static EntityStore? Store(JsonInput input, JsonNode node)
    {
        if (!input.Array(node, "an array of entities"))
            return null;
        var entities = new List<Entity>();
        foreach (var item in node.Items())
        {
            if (Entity(input, item) is not { } entity)
                return null;
            entities.Add(entity);
        }

        if (EntityStore.Create(entities).TryGet(out var store, out var reason))
            return store;
        input.Report(node, reason);
        return null;
    }

    private static Entity? Entity(JsonInput input, JsonNode node)
    {
        var values = new ValueReader(input);
        if (input.Object(node, "an entity", ["uid", "attrs", "parents"], ["tags"]) is not { } parts
            || values.Entity(parts["uid"]) is not { } uid
            || values.Record(parts["attrs"]) is not { } attributes
            || !input.Array(parts["parents"], "an array of entities"))
        {
            return null;
        }

        var parents = new List<EntityUid>();
        foreach (var item in parts["parents"].Items())
        {
            if (values.Entity(item) is not { } parent)
                return null;
            parents.Add(parent);
        }

        var tags = RecordValue.Empty;
        if (parts.TryGetValue("tags", out var tagged))
        {
            if (values.Record(tagged) is not { } read)
                return null;
            tags = read;
        }

        return new Entity(uid, parents, attributes, tags);
    }
}
