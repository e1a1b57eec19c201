using System.Collections.Immutable;
using Writ.Cedar.Entities;
using Writ.Cedar.Policies;

namespace Writ.Cedar.Authorization;

/// <summary>
/// Evaluates policies as Cedar's specification says it, clause by clause, and decides by its rules: what is not permitted is denied, what
/// is forbidden is denied whatever permits it, and a policy that cannot be evaluated is skipped. Every policy is evaluated, so that all
/// reasons and errors are known. Stateless and thread safe; the same inputs give the same answer on any machine.
/// </summary>
public static class Reference
{
    /// <summary>Says how each policy of the set fares with the request.</summary>
    public static Evaluation Evaluate(PolicySet policies, Request request, EntityStore entities)
    {
        ArgumentNullException.ThrowIfNull(policies);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(entities);
        var evaluator = new PolicyEvaluator(request, entities);
        List<Policy>? permits = null, forbids = null;
        List<EvaluationError>? errors = null;
        foreach (var policy in policies.Policies)
        {
            switch (evaluator.IsSatisfied(policy))
            {
                case null:
                    (errors ??= []).Add(evaluator.ErrorOf(policy));
                    break;
                case true when policy.Effect == Effect.Permit:
                    (permits ??= []).Add(policy);
                    break;
                case true:
                    (forbids ??= []).Add(policy);
                    break;
            }
        }

        return new Evaluation([.. permits ?? []], [.. forbids ?? []], [.. errors ?? []]);
    }

    /// <summary>Decides by Cedar's own rules. An erring policy is skipped, a forbid too: see <see cref="Evaluation.Decision"/>.</summary>
    public static Response Authorize(PolicySet policies, Request request, EntityStore entities)
    {
        var evaluation = Evaluate(policies, request, entities);
        return new Response(evaluation.Decision, [.. evaluation.Reasons.Select(policy => policy.Id)], evaluation.Errors);
    }
}
