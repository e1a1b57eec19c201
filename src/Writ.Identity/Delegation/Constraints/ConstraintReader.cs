using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Writ.Identity.Delegation.Constraints;

/// <summary>Reads the constraints of one token and counts them. A member it does not know refuses the constraint, as an unknown type does. Not thread safe.</summary>
internal sealed class ConstraintReader
{
    private int _read;

    public bool TryRead(JsonElement json, [NotNullWhen(true)] out ArgumentConstraint? constraint) => TryRead(json, 1, out constraint);

    private bool TryRead(JsonElement json, int depth, [NotNullWhen(true)] out ArgumentConstraint? constraint)
    {
        constraint = null;
        if (depth > DelegationLimits.MaxConstraintDepth || ++_read > DelegationLimits.MaxConstraints || json.ValueKind != JsonValueKind.Object
            || !json.TryGetProperty("constraint_type", out var type) || type.ValueKind != JsonValueKind.String)
            return false;
        constraint = type.GetString() switch
        {
            "exact" when HasOnly(json, "value") && ConstraintValue.TryCreate(json.GetProperty("value"), out var value) => new ArgumentConstraint.Exact(value),
            "range" => ReadRange(json),
            "one_of" when ReadValues(json, "values") is { } values => new ArgumentConstraint.OneOf(values),
            "not_one_of" when ReadValues(json, "excluded") is { } excluded => new ArgumentConstraint.NotOneOf(excluded),
            "contains" when ReadValues(json, "required") is { } required => new ArgumentConstraint.Contains(required),
            "subset" when ReadValues(json, "allowed") is { } allowed => new ArgumentConstraint.Subset(allowed),
            "wildcard" when HasOnly(json) => new ArgumentConstraint.Wildcard(),
            "all" when ReadNested(json, depth) is { } all => new ArgumentConstraint.All(all),
            "any" when ReadNested(json, depth) is { } any => new ArgumentConstraint.Any(any),
            _ => null,
        };
        return constraint is not null;
    }

    private static ArgumentConstraint.Range? ReadRange(JsonElement json)
    {
        double? min = null, max = null;
        foreach (var member in json.EnumerateObject())
        {
            if (member.NameEquals("constraint_type"))
                continue;
            if (member.Value.ValueKind != JsonValueKind.Number || !member.Value.TryGetDouble(out var bound) || !double.IsFinite(bound))
                return null;
            switch (member.Name)
            {
                case "min":
                    min = bound;
                    break;
                case "max":
                    max = bound;
                    break;
                default:
                    return null;
            }
        }

        return min is null && max is null ? null : new ArgumentConstraint.Range(min, max);
    }

    private static ImmutableHashSet<ConstraintValue>? ReadValues(JsonElement json, string name)
    {
        if (!HasOnly(json, name) || json.GetProperty(name) is not { ValueKind: JsonValueKind.Array } array || array.GetArrayLength() > DelegationLimits.MaxConstraints)
            return null;
        var values = ImmutableHashSet.CreateBuilder<ConstraintValue>();
        foreach (var element in array.EnumerateArray())
        {
            if (!ConstraintValue.TryCreate(element, out var value))
                return null;
            values.Add(value);
        }

        return values.ToImmutable();
    }

    // Of no constraint at all it would be open what it means.
    private ImmutableArray<ArgumentConstraint>? ReadNested(JsonElement json, int depth)
    {
        if (!HasOnly(json, "constraints") || json.GetProperty("constraints") is not { ValueKind: JsonValueKind.Array } array || array.GetArrayLength() == 0)
            return null;
        var nested = ImmutableArray.CreateBuilder<ArgumentConstraint>();
        foreach (var element in array.EnumerateArray())
        {
            if (!TryRead(element, depth + 1, out var constraint))
                return null;
            nested.Add(constraint);
        }

        return nested.ToImmutable();
    }

    private static bool HasOnly(JsonElement json, params ReadOnlySpan<string> names)
    {
        var count = 0;
        foreach (var member in json.EnumerateObject())
        {
            if (!member.NameEquals("constraint_type") && !names.Contains(member.Name))
                return false;
            count++;
        }

        return count == names.Length + 1;
    }
}
