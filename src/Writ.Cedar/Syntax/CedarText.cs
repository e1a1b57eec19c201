using System.Text;
using Writ.Cedar.Expressions;
using Writ.Cedar.Policies;

namespace Writ.Cedar.Syntax;

/// <summary>Writes policies and expressions in Cedar's syntax. What is written parses to an equal policy or expression.</summary>
public static class CedarText
{
    /// <summary>Writes an expression on one line, with no more parentheses than it needs.</summary>
    public static string Print(Expr expr)
    {
        ArgumentNullException.ThrowIfNull(expr);
        var text = new StringBuilder();
        new ExprPrinter(text).Print(expr);
        return text.ToString();
    }

    /// <summary>Writes a pattern with its quotes.</summary>
    public static string Print(LikePattern pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        var text = new StringBuilder("\"");
        for (var i = 0; i < pattern.Pieces.Length; i++)
            StringLiteral.AppendEscaped(i == 0 ? text : text.Append('*'), pattern.Pieces[i], asPattern: true);
        return text.Append('"').ToString();
    }

    /// <summary>Writes a policy or template over several lines, without a last line break.</summary>
    public static string Print(PolicyBody body)
    {
        ArgumentNullException.ThrowIfNull(body);
        var text = new StringBuilder();
        foreach (var annotation in body.Annotations)
        {
            text.Append('@').Append(annotation.Key);
            if (annotation.Value is not null)
                text.Append('(').Append(StringLiteral.Quote(annotation.Value)).Append(')');
            text.Append('\n');
        }

        text.Append(body.Effect == Effect.Permit ? "permit" : "forbid").Append(" (\n  principal");
        Append(text, body.Principal, "?principal");
        Append(text.Append(",\n  action"), body.Action);
        Append(text.Append(",\n  resource"), body.Resource, "?resource");
        text.Append("\n)");
        foreach (var condition in body.Conditions)
        {
            text.Append(condition.Kind == ConditionKind.When ? "\nwhen { " : "\nunless { ");
            new ExprPrinter(text).Print(condition.Body);
            text.Append(" }");
        }

        return text.Append(';').ToString();
    }

    /// <summary>Writes a set: its templates, then its policies, with an empty line between. Linked policies have their slots filled; ids are not written.</summary>
    public static string Print(PolicySet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        var bodies = set.Templates.Select(template => template.Body).Concat(set.Policies.Select(policy => policy.Body));
        return string.Concat(bodies.Select((body, index) => (index == 0 ? "" : "\n") + Print(body) + "\n"));
    }

    private static void Append(StringBuilder text, EntityScope scope, string slot)
    {
        if (scope.Type is { } type)
            text.Append(" is ").Append(type);
        if (scope.Target is { } target)
            text.Append(scope is EntityScope.Equal ? " == " : " in ").Append(target is ScopeTarget.Entity entity ? entity.Uid.ToString() : slot);
    }

    private static void Append(StringBuilder text, ActionScope scope) => _ = scope switch
    {
        ActionScope.Any => text,
        ActionScope.Equal equal => text.Append(" == ").Append(equal.Action),
        ActionScope.In group => text.Append(" in ").Append(group.Group),
        ActionScope.InAny any => text.Append(" in [").AppendJoin(", ", any.Actions).Append(']'),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
