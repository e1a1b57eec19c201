using System.Collections.Immutable;
using System.Text.Json;
using Writ.Cedar.Analysis;
using Writ.Cedar.Values;

namespace Writ.Governance.Policies.Proofs;

/// <summary>
/// What a tool's input schema makes certain of <c>context.args</c>. Calls that the schema refuses reach no policy. Only what stands plainly
/// in the schema is read; of the rest nothing is believed.
/// </summary>
internal static class ArgumentDomains
{
    private const string Arguments = "context.args";
    private static readonly string[] Indirections = ["$ref", "allOf", "anyOf", "oneOf"];

    public static IEnumerable<KeyValuePair<string, AttributeDomain>> Of(JsonElement schema)
    {
        // Arguments of too many members, or under a schema too complex to tell their types, are poison as a whole.
        var arguments = AttributeDomain.Always(ValueTypes.Record) with { MayBePoison = true };
        if (schema.ValueKind != JsonValueKind.Object || Indirections.Any(word => schema.TryGetProperty(word, out _))
            || !schema.TryGetProperty("properties", out var properties) || properties.ValueKind != JsonValueKind.Object)
        {
            yield return KeyValuePair.Create(Arguments, arguments);
            yield break;
        }

        var isClosed = schema.TryGetProperty("additionalProperties", out var others) && others.ValueKind == JsonValueKind.False
            && !schema.TryGetProperty("patternProperties", out _)
            && properties.EnumerateObject().All(property => IsPlain(property.Name));
        yield return KeyValuePair.Create(Arguments, arguments with { Closed = isClosed });
        var required = schema.TryGetProperty("required", out var names) && names.ValueKind == JsonValueKind.Array
            ? names.EnumerateArray().Where(name => name.ValueKind == JsonValueKind.String).Select(name => name.GetString()!).ToHashSet(StringComparer.Ordinal)
            : [];
        foreach (var property in properties.EnumerateObject().Where(property => IsPlain(property.Name)).DistinctBy(property => property.Name))
            yield return KeyValuePair.Create($"{Arguments}.{property.Name}", Domain(property.Value, required.Contains(property.Name)));
    }

    private static AttributeDomain Domain(JsonElement schema, bool required)
    {
        var domain = AttributeDomain.Unknown with { Required = required };
        if (schema.ValueKind != JsonValueKind.Object || Indirections.Any(word => schema.TryGetProperty(word, out _))
            || !schema.TryGetProperty("type", out var type) || type.ValueKind != JsonValueKind.String)
        {
            return domain;
        }

        domain = type.GetString() switch
        {
            "string" => domain with { Types = ValueTypes.String },
            "boolean" => domain with { Types = ValueTypes.Bool },
            "integer" => Bounded(domain with { Types = ValueTypes.Long }, schema, 1),
            "number" => Bounded(domain with { Types = ValueTypes.Decimal }, schema, 10_000),
            "array" => domain with { Types = ValueTypes.Set },
            "object" => domain with { Types = ValueTypes.Record },
            _ => domain,
        };
        return domain.Types == ValueTypes.String && schema.TryGetProperty("enum", out var values) && values.ValueKind == JsonValueKind.Array
            ? domain with { OneOf = [.. values.EnumerateArray().Where(value => value.ValueKind == JsonValueKind.String).Select(value => (Value)value.GetString()!)] }
            : domain;
    }

    private static AttributeDomain Bounded(AttributeDomain domain, JsonElement schema, long scale) => domain with
    {
        Least = Bound(schema, "minimum", scale, decimal.Floor),
        Most = Bound(schema, "maximum", scale, decimal.Ceiling),
    };

    private static long? Bound(JsonElement schema, string word, long scale, Func<decimal, decimal> round) =>
        schema.TryGetProperty(word, out var bound) && bound.ValueKind == JsonValueKind.Number && bound.TryGetDecimal(out var number)
            && Math.Abs(number) < 900_000_000_000m
            ? (long)round(number * scale)
            : null;

    private static bool IsPlain(string name) => !name.Contains('.', StringComparison.Ordinal) && !name.Contains('\\', StringComparison.Ordinal);
}
