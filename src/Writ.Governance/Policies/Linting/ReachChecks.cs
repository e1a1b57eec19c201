using Writ.Cedar.Expressions;
using Writ.Cedar.Policies;
using Writ.Cedar.Values;
using Writ.Governance.Policies.Explaining;

namespace Writ.Governance.Policies.Linting;

/// <summary>Rules that can never apply, and rules that apply to everything.</summary>
internal static class ReachChecks
{
    public static IEnumerable<LintFinding> Find(LintSubject subject)
    {
        foreach (var rule in subject.Rules)
        {
            if (Obstacle(rule, subject) is { } obstacle)
                yield return LintFinding.On(rule, "never-applies", LintSeverity.Warning, $"can never apply: {obstacle}");
            var isEverything = ScopeOrder.IsEverything(rule.Policy.Action) && rule.Policy is { Principal: EntityScope.Any or EntityScope.Is, Resource: EntityScope.Any or EntityScope.Is };
            if (rule.Policy.Effect == Effect.Permit && ScopeOrder.IsEverything(rule.Policy.Action) && rule.Policy.Resource is (EntityScope.Any or EntityScope.Is))
                yield return LintFinding.On(rule, "wildcard-permit", LintSeverity.Warning, "covers every tool, also those that are yet to come: name actions or groups of them");
            if (rule.Policy.Effect == Effect.Forbid && isEverything)
                yield return LintFinding.On(rule, "unscoped-guardrail", LintSeverity.Note, "is asked of every call: a scope of actions makes it cheaper, and a fault in it smaller");
        }
    }

    private static string? Obstacle(RuledPolicy rule, LintSubject subject)
    {
        var policy = rule.Policy;
        if (WrongType(policy.Principal, "Writ::Agent", "Writ::Team", "Writ::Organization") is { } principal)
            return $"no principal is a {principal}";
        if (WrongType(policy.Resource, "Writ::Tool", "Writ::Server", "Writ::Organization") is { } resource)
            return $"no resource is a {resource}";
        if (policy.Action.Actions.FirstOrDefault(action => action.Type.ToString() != "Writ::Action") is { } action)
            return $"{action} is not an action of Writ";
        if (!subject.Tools.IsEmpty && !subject.ToolsOf(rule).Any())
            return "no tool that is known is in its scope";
        var clauses = Clause.Of(policy);
        if (clauses.Any(clause => clause.Expression is LiteralExpr { Value: BoolValue known } && known.Value != clause.Wanted))
            return "a condition is always false";
        for (var i = 0; i < clauses.Length; i++)
        {
            for (var j = i + 1; j < clauses.Length; j++)
            {
                if (ClauseOrder.Contradict(clauses[i], clauses[j]))
                    return $"{clauses[i].AsTrue} and {clauses[j].AsTrue} exclude each other";
            }
        }

        return subject.Impossible.Contains(policy.Id) ? "no call can satisfy its conditions: they ask for what no tool in its scope has" : null;
    }

    private static string? WrongType(EntityScope scope, string own, params string[] containers)
    {
        var type = (scope.Type ?? (scope.Target as ScopeTarget.Entity)?.Uid.Type)?.ToString();
        return type is null || type == own || (scope is EntityScope.In && containers.Contains(type)) ? null : type;
    }
}
