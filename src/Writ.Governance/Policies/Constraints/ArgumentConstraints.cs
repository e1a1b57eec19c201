using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Writ.Governance.Decisions;

namespace Writ.Governance.Policies.Constraints;

/// <summary>Applies the constraints that speak of arguments, before the changed action is decided again.</summary>
internal static class ArgumentConstraints
{
    /// <summary>The arguments that may run, or null and why none may.</summary>
    /// <param name="constraints">The limits.</param>
    /// <param name="arguments">What the agent supplied.</param>
    /// <param name="user">The user acted for, where somebody attested one.</param>
    /// <param name="obstacle">Why there are none, for people.</param>
    public static Arguments? Apply(ConstraintSet constraints, Arguments arguments, string? user, out string obstacle)
    {
        if (Change(constraints, arguments, user, out obstacle) is not { } running)
            return null;

        // One limit must not undo another: two that set the same argument leave one of them unkept.
        if (constraints.Items.FirstOrDefault(c => !IsKept(c, running.Value, user)) is not { } unkept)
            return running;
        obstacle = unkept is Constraint.AllowedValues allowed
            ? $"argument {allowed.Argument} is not one of the allowed values"
            : $"another limit sets the same argument: {unkept}";
        return null;
    }

    private static Arguments? Change(ConstraintSet constraints, Arguments arguments, string? user, out string obstacle)
    {
        obstacle = "";
        var unkept = constraints.Items.Where(c => c is not Constraint.AllowedValues && !IsKept(c, arguments.Value, user)).ToArray();
        if (unkept.Length == 0)
            return arguments;

        var changed = JsonObject.Create(arguments.Value)!;
        foreach (var constraint in unkept)
        {
            var (argument, value) = constraint switch
            {
                Constraint.ArgumentClamp clamp => (clamp.Argument, JsonNode.Parse(clamp.Maximum.ToString(CultureInfo.InvariantCulture))),
                Constraint.SubjectScope scope => (scope.Argument, JsonValue.Create(user)),
                _ => throw new UnreachableException(),
            };
            if (!ArgumentPath.Set(changed, argument, value))
            {
                obstacle = $"argument {argument} cannot be limited: something that is no object stands in the way";
                return null;
            }
        }

        if (Arguments.From(changed) is { } limited)
            return limited;
        obstacle = "the limited arguments are not canonicalizable";
        return null;
    }

    private static bool IsKept(Constraint constraint, JsonElement arguments, string? user) => constraint switch
    {
        Constraint.ArgumentClamp clamp => !Exceeds(arguments, clamp),
        Constraint.SubjectScope scope => user is not null
            && ArgumentPath.Find(arguments, scope.Argument) is { ValueKind: JsonValueKind.String } value && value.ValueEquals(user),
        Constraint.AllowedValues allowed =>
            ArgumentPath.Find(arguments, allowed.Argument) is { ValueKind: JsonValueKind.String } value && allowed.Values.Contains(value.GetString()!),
        _ => true,
    };

    /// <summary>A value that is absent, no number, or a number beyond exact comparison exceeds every maximum.</summary>
    private static bool Exceeds(JsonElement arguments, Constraint.ArgumentClamp clamp) =>
        ArgumentPath.Find(arguments, clamp.Argument) is not { ValueKind: JsonValueKind.Number } value
        || !decimal.TryParse(value.GetRawText(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        || number > clamp.Maximum;
}
