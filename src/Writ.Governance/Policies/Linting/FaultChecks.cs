using System.Collections.Immutable;
using System.Text.Json;
using Writ.Cedar.Expressions;
using Writ.Cedar.Policies;
using Writ.Governance.Tools;

namespace Writ.Governance.Policies.Linting;

/// <summary>Forbids that can fail, and so deny what they do not mean: an argument that need not be there is read without asking for it first.</summary>
internal static class FaultChecks
{
    /// <summary>What of the context is not always there.</summary>
    private static readonly ImmutableHashSet<string> Optional =
        ["context.on_behalf_of", "context.task.purpose", "context.task.started_by", "context.task.workflow"];

    public static IEnumerable<LintFinding> Find(LintSubject subject) =>
        from rule in subject.Rules
        where rule.Policy.Effect == Effect.Forbid
        let tools = subject.ToolsOf(rule).ToArray()
        from fault in new Reading(tools).Of(rule.Policy).Take(1)
        select LintFinding.On(
            rule, "forbid-can-fail", ScopeOrder.IsEverything(rule.Policy.Action) ? LintSeverity.Error : LintSeverity.Warning,
            $"{fault}: it then denies, whatever its discharge; ask 'has' first, or narrow its scope");

    /// <summary>Follows the evaluation of conditions with what is known to be there.</summary>
    private sealed class Reading(Tool[] tools)
    {
        private readonly List<string> _faults = [];

        public List<string> Of(Policy policy)
        {
            var known = ImmutableHashSet<string>.Empty;
            foreach (var condition in policy.Conditions)
            {
                var (whenTrue, whenFalse) = Follow(condition.Body, known);
                known = condition.Kind == ConditionKind.When ? whenTrue : whenFalse;
            }

            return _faults;
        }

        /// <summary>What is known to be there once the expression came out true, and once it came out false.</summary>
        private (ImmutableHashSet<string> WhenTrue, ImmutableHashSet<string> WhenFalse) Follow(Expr expr, ImmutableHashSet<string> known)
        {
            switch (expr)
            {
                case BinaryExpr { Operator: BinaryOperator.And } both:
                    var left = Follow(both.Left, known);
                    var right = Follow(both.Right, left.WhenTrue);
                    return (right.WhenTrue, left.WhenFalse.Intersect(right.WhenFalse));
                case BinaryExpr { Operator: BinaryOperator.Or } either:
                    left = Follow(either.Left, known);
                    right = Follow(either.Right, left.WhenFalse);
                    return (left.WhenTrue.Intersect(right.WhenTrue), right.WhenFalse);
                case UnaryExpr { Operator: UnaryOperator.Not } not:
                    var inside = Follow(not.Operand, known);
                    return (inside.WhenFalse, inside.WhenTrue);
                case IfExpr choice:
                    var asked = Follow(choice.Condition, known);
                    Follow(choice.Then, asked.WhenTrue);
                    Follow(choice.Else, asked.WhenFalse);
                    return (known, known);
                case HasExpr has:
                    Follow(has.Target, known);
                    var names = has.Path.Select((_, index) => $"{has.Target}.{string.Join('.', has.Path.Take(index + 1))}");
                    return (known.Union(names), known);
                case AttributeExpr attribute:
                    Follow(attribute.Target, known);
                    if (!known.Contains(attribute.ToString()) && Fault(attribute) is { } fault)
                        _faults.Add(fault);
                    return (known, known);
                default:
                    foreach (var child in expr.Children)
                        Follow(child, known);
                    return (known, known);
            }
        }

        private string? Fault(AttributeExpr attribute)
        {
            var path = attribute.ToString();
            if (Optional.Contains(path))
                return $"{path} is not always there";
            if (attribute.Target.ToString() is not "context.args")
                return attribute.Target.ToString().StartsWith("context.args.", StringComparison.Ordinal) || attribute.Target.ToString() is "context.asserted" or "context.claimed"
                    ? $"{path} need not be there"
                    : null;
            return tools.FirstOrDefault(tool => !Requires(tool, attribute.Name)) is { } lax ? $"{path} need not be there in a call of {lax.Server}/{lax.Name}" : null;
        }

        private static bool Requires(Tool tool, string argument) =>
            tool.Definition!.InputSchema.TryGetProperty("required", out var required) && required.ValueKind == JsonValueKind.Array
            && required.EnumerateArray().Any(name => name.ValueKind == JsonValueKind.String && name.GetString() == argument);
    }
}
