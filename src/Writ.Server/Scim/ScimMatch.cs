using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Writ.Server.Scim;

/// <summary>Whether a resource is what a filter asks for. An attribute that a schema does not have has no value (RFC 7644, section 3.4.2.2).</summary>
internal static class ScimMatch
{
    public static bool IsMatch(ScimSchema schema, JsonObject resource, ScimFilter filter) => IsMatch(schema, null, resource, filter);

    /// <summary>The same for one value of a complex attribute.</summary>
    public static bool IsMatch(ScimAttribute attribute, JsonObject value, ScimFilter filter) => IsMatch(null, attribute, value, filter);

    /// <summary>The attributes that a filter looks at; of a filter in brackets, the one before them.</summary>
    public static IEnumerable<ScimPath> Paths(ScimFilter filter) => filter switch
    {
        ScimFilter.And both => Paths(both.Left).Concat(Paths(both.Right)),
        ScimFilter.Or either => Paths(either.Left).Concat(Paths(either.Right)),
        ScimFilter.Not denied => Paths(denied.Inner),
        ScimFilter.Present present => [present.Path],
        ScimFilter.Within inside => [inside.Path],
        ScimFilter.Compare compare => [compare.Path],
        _ => throw new InvalidOperationException(),
    };

    private static bool IsMatch(ScimSchema? schema, ScimAttribute? within, JsonObject on, ScimFilter filter) => filter switch
    {
        ScimFilter.And both => IsMatch(schema, within, on, both.Left) && IsMatch(schema, within, on, both.Right),
        ScimFilter.Or either => IsMatch(schema, within, on, either.Left) || IsMatch(schema, within, on, either.Right),
        ScimFilter.Not denied => !IsMatch(schema, within, on, denied.Inner),
        ScimFilter.Present present => Values(schema, within, on, present.Path).Values.Any(IsPresent),
        ScimFilter.Within inside => Find(schema, within, inside.Path) is { } attribute && Each(on[attribute.Name]).OfType<JsonObject>().Any(value => IsMatch(null, attribute, value, inside.Inner)),
        ScimFilter.Compare compare => Compare(Values(schema, within, on, compare.Path), compare),
        _ => throw new InvalidOperationException(),
    };

    private static bool Compare((ScimAttribute? Attribute, IEnumerable<JsonNode?> Values) of, ScimFilter.Compare compare)
    {
        var values = of.Values.Where(IsPresent).ToArray();
        if (compare.Value is null)
            return compare.Operator == ScimOperator.Equal ? values.Length == 0 : values.Length > 0;
        // What has no value is unlike every value.
        return compare.Operator == ScimOperator.NotEqual
            ? !values.Any(value => Holds(of.Attribute!, value!, ScimOperator.Equal, compare.Value))
            : values.Any(value => Holds(of.Attribute!, value!, compare.Operator, compare.Value));
    }

    private static bool Holds(ScimAttribute attribute, JsonNode value, ScimOperator how, object with)
    {
        if (value.GetValueKind() is JsonValueKind.True or JsonValueKind.False)
            return how == ScimOperator.Equal && (with as bool? ?? (bool.TryParse(with as string, out var said) ? said : null)) == value.GetValue<bool>();
        if (value.GetValueKind() != JsonValueKind.String || with is not string text)
            return false;
        var has = value.GetValue<string>();
        if (attribute.Type == "dateTime")
        {
            return DateTimeOffset.TryParse(has, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var one)
                && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var other) && Holds(one.CompareTo(other), how);
        }

        var comparison = attribute.CaseExact ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;
        return how switch
        {
            ScimOperator.Contains => has.Contains(text, comparison),
            ScimOperator.StartsWith => has.StartsWith(text, comparison),
            ScimOperator.EndsWith => has.EndsWith(text, comparison),
            _ => Holds(string.Compare(has, text, comparison), how),
        };
    }

    private static bool Holds(int order, ScimOperator how) => how switch
    {
        ScimOperator.Equal => order == 0,
        ScimOperator.Greater => order > 0,
        ScimOperator.GreaterOrEqual => order >= 0,
        ScimOperator.Less => order < 0,
        ScimOperator.LessOrEqual => order <= 0,
        _ => false,
    };

    private static (ScimAttribute? Attribute, IEnumerable<JsonNode?> Values) Values(ScimSchema? schema, ScimAttribute? within, JsonObject on, ScimPath path)
    {
        if (Find(schema, within, path) is not { } attribute)
            return (null, []);
        var values = Each(on[attribute.Name]);
        // A complex attribute without a part is compared by its 'value' (RFC 7643, section 2.4).
        return attribute.Type != "complex" ? (attribute, values)
            : path.Sub is null && !attribute.MultiValued ? (attribute, values)
            : attribute.Part(path.Sub ?? "value") is { } part ? (part, values.OfType<JsonObject>().Select(value => value[part.Name]))
            : (null, []);
    }

    private static ScimAttribute? Find(ScimSchema? schema, ScimAttribute? within, ScimPath path) =>
        schema is not null ? schema.Find(path) : path is { Schema: null, Sub: null } ? within!.Part(path.Attribute) : null;

    private static IEnumerable<JsonNode?> Each(JsonNode? value) => value is JsonArray many ? many.AsEnumerable() : Enumerable.Repeat(value, 1);

    private static bool IsPresent(JsonNode? value) => value is not (null or JsonObject { Count: 0 } or JsonArray { Count: 0 }) && !(value.GetValueKind() == JsonValueKind.String && value.GetValue<string>().Length == 0);
}
