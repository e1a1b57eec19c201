using System.Text.Json.Nodes;

namespace Writ.Server.Scim;

/// <summary>
/// Applies a PATCH to a resource (RFC 7644, section 3.5.2): all of its operations or none. Directories have habits, which are taken where they can mean
/// one thing only: operations in capitals, booleans as words, paths as member names of a value without a path, values to be removed beside
/// the path instead of in it, and a filter of one equality that nothing matches as the value to be made.
/// </summary>
internal static class ScimPatch
{
    private const string Message = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

    /// <summary>The most operations.</summary>
    public const int MostOperations = 1_000;

    /// <summary>Changes the resource, which is the caller's own copy. Null when all was applied; else what is wrong.</summary>
    public static ScimError? Apply(ScimSchema schema, JsonObject resource, JsonObject body)
    {
        if (ScimSchema.Member(body, "schemas") is not JsonArray schemas || !schemas.Any(one => one is JsonValue value && value.TryGetValue<string>(out var name) && name == Message))
            return ScimError.BadSyntax($"schemas: has to name {Message}");
        if (ScimSchema.Member(body, "Operations") is not JsonArray { Count: > 0 and <= MostOperations } operations)
            return ScimError.BadSyntax($"Operations: 1 to {MostOperations}");
        foreach (var one in operations)
        {
            if (one is not JsonObject operation || Word(ScimSchema.Member(operation, "op")) is not { } op)
                return ScimError.BadSyntax("Operations: each has an op");
            var value = ScimSchema.Member(operation, "value");
            var path = ScimSchema.Member(operation, "path");
            // Null is no value, and so takes one away (RFC 7643, section 2.5); nothing at all is a mistake, and is not taken for it.
            if (value is null && (op.Equals("add", StringComparison.OrdinalIgnoreCase) || (op.Equals("replace", StringComparison.OrdinalIgnoreCase) && !operation.Any(member => member.Key.Equals("value", StringComparison.OrdinalIgnoreCase)))))
                return ScimError.BadValue("value: missing");
            var error = op.ToLowerInvariant() switch
            {
                "add" => path is null ? Members(schema, resource, value, replaces: false) : Set(schema, resource, path, value, replaces: false),
                "replace" => path is null ? Members(schema, resource, value, replaces: true) : Set(schema, resource, path, value, replaces: true),
                "remove" => path is null ? ScimError.NoTarget("remove needs a path") : Remove(schema, resource, path, value),
                _ => ScimError.BadSyntax("op: add, replace or remove"),
            };
            if (error is not null)
                return error;
        }

        return null;
    }

    private static ScimError? Members(ScimSchema schema, JsonObject resource, JsonNode? value, bool replaces)
    {
        if (value is not JsonObject members)
            return ScimError.BadValue("value: without a path, an object of attributes");
        foreach (var (name, member) in members)
        {
            // Okta sends the resource's id along, and others all of the resource.
            if (ScimPath.Parse(name) is { } path && (schema.Find(path) is { ReadOnly: true } || schema.Disregards(path)))
                continue;
            if (name.StartsWith("urn:", StringComparison.OrdinalIgnoreCase) && member is JsonObject)
                continue;
            if (Set(schema, resource, name, member, replaces) is { } error)
                return error;
        }

        return null;
    }

    private static ScimError? Set(ScimSchema schema, JsonObject resource, JsonNode path, JsonNode? value, bool replaces)
    {
        var (aim, attribute, error) = Aim(schema, path);
        if (attribute is null)
            return error;
        if (value is null)
            return Remove(schema, resource, path, null);
        if (aim!.Filter is { } filter)
            return SetMatching(resource, attribute, aim, filter, value);
        if (aim.Sub is { } sub)
        {
            if (attribute.Part(sub) is not { } part)
                return ScimError.BadPath($"{attribute.Name} has no part '{ScimError.Cut(sub)}'");
            if (part.ReadOnly)
                return ScimError.NotMutable($"{attribute.Name}.{part.Name}");
            if (ScimValues.Read(part, value, out error) is not { } read)
                return error;
            var on = attribute.MultiValued ? Values(resource, attribute).OfType<JsonObject>().ToArray() : [resource[attribute.Name] as JsonObject ?? Own(resource, attribute)];
            foreach (var one in on)
                one[part.Name] = read.DeepClone();
            return null;
        }

        if (ScimValues.Read(attribute, value, out error) is not { } whole)
        {
            if (error is null && replaces)
                resource.Remove(attribute.Name);
            return error;
        }

        if (attribute.MultiValued && !replaces)
        {
            foreach (var added in whole.AsArray().ToArray())
                Add(Values(resource, attribute), added!.DeepClone());
        }
        else if (whole is JsonObject parts && resource[attribute.Name] is JsonObject before)
        {
            foreach (var (name, part) in parts)
                before[name] = part?.DeepClone();
        }
        else
        {
            resource[attribute.Name] = whole;
        }

        return null;
    }

    private static ScimError? SetMatching(JsonObject resource, ScimAttribute attribute, ScimPatchPath aim, ScimFilter filter, JsonNode value)
    {
        if (!attribute.MultiValued)
            return ScimError.BadPath($"{attribute.Name} has one value: no filter");
        var values = Values(resource, attribute);
        var matching = values.OfType<JsonObject>().Where(one => ScimMatch.IsMatch(attribute, one, filter)).ToArray();
        var part = aim.Sub is null ? null : attribute.Part(aim.Sub);
        if (aim.Sub is not null && part is null)
            return ScimError.BadPath($"{attribute.Name} has no part '{ScimError.Cut(aim.Sub)}'");
        if (part is { ReadOnly: true })
            return ScimError.NotMutable($"{attribute.Name}.{part.Name}");
        ScimError? error;
        JsonObject change;
        if (part is not null)
        {
            if (ScimValues.Read(part, value, out error) is not { } read)
                return error;
            change = new JsonObject { [part.Name] = read };
        }
        else if (value is not JsonObject complex)
        {
            return ScimError.BadValue($"{attribute.Name}: not a complex value");
        }
        else
        {
            change = [];
            foreach (var (name, member) in complex)
            {
                if (member is null || attribute.Part(name) is not { ReadOnly: false } known)
                    continue;
                change[known.Name] = ScimValues.One(known, member, out error);
                if (error is not null)
                    return error;
            }
        }

        if (matching.Length == 0)
        {
            if (filter is not ScimFilter.Compare { Operator: ScimOperator.Equal, Value: string with, Path: { Schema: null, Sub: null } on } || attribute.Part(on.Attribute) is not { ReadOnly: false, Type: "string" } key)
                return ScimError.NoTarget($"no value of {attribute.Name} matches the path");
            var made = new JsonObject { [key.Name] = with };
            foreach (var (name, member) in change)
                made[name] = member?.DeepClone();
            if (ScimValues.One(attribute, made, out error) is not { } whole)
                return error ?? ScimError.BadValue($"{attribute.Name}: an empty value");
            Add(values, whole);
            return null;
        }

        foreach (var one in matching)
        {
            foreach (var (name, member) in change)
                one[name] = member?.DeepClone();
            if (IsPrimary(one))
                Demote(values, one);
        }

        return null;
    }

    private static ScimError? Remove(ScimSchema schema, JsonObject resource, JsonNode path, JsonNode? value)
    {
        var (aim, attribute, error) = Aim(schema, path);
        if (attribute is null)
            return error;
        if (aim!.Filter is null && aim.Sub is null)
        {
            // Entra names the members to be removed beside the path.
            if (attribute.MultiValued && ScimValues.Read(attribute, value, out error) is JsonArray named)
            {
                var keys = named.OfType<JsonObject>().Select(one => one["value"]?.GetValue<string>()).ToHashSet(StringComparer.Ordinal);
                Take(Values(resource, attribute), one => keys.Contains(one["value"]?.GetValue<string>()));
                return null;
            }

            if (error is null)
                resource.Remove(attribute.Name);
            return error;
        }

        if (aim.Sub is { } sub)
        {
            if (attribute.Part(sub) is not { } part)
                return ScimError.BadPath($"{attribute.Name} has no part '{ScimError.Cut(sub)}'");
            if (part.Required)
                return ScimError.NotMutable($"{attribute.Name}.{part.Name}");
            foreach (var one in attribute.MultiValued ? Values(resource, attribute).OfType<JsonObject>() : new[] { resource[attribute.Name] }.OfType<JsonObject>())
            {
                if (aim.Filter is null || ScimMatch.IsMatch(attribute, one, aim.Filter))
                    one.Remove(part.Name);
            }

            return null;
        }

        if (!attribute.MultiValued)
            return ScimError.BadPath($"{attribute.Name} has one value: no filter");
        Take(Values(resource, attribute), one => ScimMatch.IsMatch(attribute, one, aim.Filter!));
        return null;
    }

    /// <summary>What a path aims at. Without an attribute and without an error it aims at something that is not kept.</summary>
    private static (ScimPatchPath? Aim, ScimAttribute? Attribute, ScimError? Error) Aim(ScimSchema schema, JsonNode path)
    {
        if (Word(path) is not { } text)
            return (null, null, ScimError.BadPath("path: a string"));
        if (ScimFilterParser.ParsePath(text, out var fault) is not { } aim)
            return (null, null, ScimError.BadPath($"path: {fault}"));
        return schema.Find(aim.Path) is not { } attribute ? (aim, null, schema.Disregards(aim.Path) ? null : ScimError.BadPath($"'{ScimError.Cut(aim.Path.Attribute)}' is not an attribute of {schema.Name}"))
            : attribute.ReadOnly ? (aim, null, ScimError.NotMutable(attribute.Name))
            : (aim, attribute, null);
    }

    private static void Add(JsonArray values, JsonNode added)
    {
        if (added["value"]?.GetValue<string>() is { } key && values.OfType<JsonObject>().FirstOrDefault(one => one["value"]?.GetValue<string>() == key) is { } known)
            values.Remove(known);
        values.Add(added);
        if (IsPrimary(added))
            Demote(values, added);
    }

    private static void Take(JsonArray values, Func<JsonObject, bool> leaves)
    {
        for (var i = values.Count - 1; i >= 0; i--)
        {
            if (values[i] is JsonObject one && leaves(one))
                values.RemoveAt(i);
        }
    }

    /// <summary>There is one primary value, the one that became it last (RFC 7644, section 3.5.2).</summary>
    private static void Demote(JsonArray values, JsonNode but)
    {
        foreach (var other in values.OfType<JsonObject>().Where(one => one != but && IsPrimary(one)))
            other["primary"] = false;
    }

    private static bool IsPrimary(JsonNode value) => value["primary"] is JsonValue primary && primary.TryGetValue<bool>(out var said) && said;

    private static JsonArray Values(JsonObject resource, ScimAttribute attribute)
    {
        if (resource[attribute.Name] is JsonArray values)
            return values;
        values = [];
        resource[attribute.Name] = values;
        return values;
    }

    private static JsonObject Own(JsonObject resource, ScimAttribute attribute)
    {
        var made = new JsonObject();
        resource[attribute.Name] = made;
        return made;
    }

    private static string? Word(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
