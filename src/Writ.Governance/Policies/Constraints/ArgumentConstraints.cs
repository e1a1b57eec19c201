using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Writ.Governance.Decisions;

namespace Writ.Governance.Policies.Constraints;

/// <summary>Applies the constraints that speak of arguments, before the changed action is decided again.</summary>
internal static class ArgumentConstraints
{
    /// <summary>The arguments that may run, or null and why none may.</summary>
    public static Arguments? Apply(ConstraintSet constraints, Arguments arguments, out string obstacle)
    {
        obstacle = "";
        foreach (var allowed in constraints.Items.OfType<Constraint.AllowedValues>())
        {
            if (ArgumentPath.Find(arguments.Value, allowed.Argument) is not { ValueKind: JsonValueKind.String } value || !allowed.Values.Contains(value.GetString()!))
            {
                obstacle = $"argument {allowed.Argument} is not one of the allowed values";
                return null;
            }
        }

        var clamps = constraints.Items.OfType<Constraint.ArgumentClamp>().Where(c => Exceeds(arguments.Value, c)).ToArray();
        if (clamps.Length == 0)
            return arguments;

        var changed = JsonObject.Create(arguments.Value)!;
        foreach (var clamp in clamps)
        {
            if (!ArgumentPath.Set(changed, clamp.Argument, JsonNode.Parse(clamp.Maximum.ToString(CultureInfo.InvariantCulture))))
            {
                obstacle = $"argument {clamp.Argument} cannot be limited: something that is no object stands in the way";
                return null;
            }
        }

        if (Arguments.From(changed) is { } limited)
            return limited;
        obstacle = "the limited arguments are not canonicalizable";
        return null;
    }

    /// <summary>A value that is absent, no number, or a number beyond exact comparison exceeds every maximum.</summary>
    private static bool Exceeds(JsonElement arguments, Constraint.ArgumentClamp clamp) =>
        ArgumentPath.Find(arguments, clamp.Argument) is not { ValueKind: JsonValueKind.Number } value
        || !decimal.TryParse(value.GetRawText(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        || number > clamp.Maximum;
}
