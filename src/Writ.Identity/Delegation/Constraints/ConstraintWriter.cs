using System.Collections.Immutable;
using System.Text.Json;

namespace Writ.Identity.Delegation.Constraints;

/// <summary>Writes constraints as <see cref="ConstraintReader"/> reads them.</summary>
internal static class ConstraintWriter
{
    public static void Write(Utf8JsonWriter writer, ArgumentConstraint constraint)
    {
        writer.WriteStartObject();
        writer.WriteString("constraint_type", constraint.Type);
        switch (constraint)
        {
            case ArgumentConstraint.Exact exact:
                writer.WritePropertyName("value");
                writer.WriteRawValue(exact.Value.Canonical);
                break;
            case ArgumentConstraint.Range range:
                if (range.Min is { } min)
                    writer.WriteNumber("min", min);
                if (range.Max is { } max)
                    writer.WriteNumber("max", max);
                break;
            case ArgumentConstraint.OneOf oneOf:
                WriteValues(writer, "values", oneOf.Values);
                break;
            case ArgumentConstraint.NotOneOf notOneOf:
                WriteValues(writer, "excluded", notOneOf.Excluded);
                break;
            case ArgumentConstraint.Contains contains:
                WriteValues(writer, "required", contains.Required);
                break;
            case ArgumentConstraint.Subset subset:
                WriteValues(writer, "allowed", subset.Allowed);
                break;
            case ArgumentConstraint.All all:
                WriteNested(writer, all.Constraints);
                break;
            case ArgumentConstraint.Any any:
                WriteNested(writer, any.Constraints);
                break;
        }

        writer.WriteEndObject();
    }

    private static void WriteValues(Utf8JsonWriter writer, string name, ImmutableHashSet<ConstraintValue> values)
    {
        writer.WriteStartArray(name);
        foreach (var value in values.OrderBy(value => value.Canonical, StringComparer.Ordinal))
            writer.WriteRawValue(value.Canonical);
        writer.WriteEndArray();
    }

    private static void WriteNested(Utf8JsonWriter writer, ImmutableArray<ArgumentConstraint> nested)
    {
        writer.WriteStartArray("constraints");
        foreach (var constraint in nested)
            Write(writer, constraint);
        writer.WriteEndArray();
    }
}
