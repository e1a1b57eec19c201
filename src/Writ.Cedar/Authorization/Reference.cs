using System.Collections.Immutable;
using Writ.Cedar.Entities;
using Writ.Cedar.Expressions;
using Writ.Cedar.Policies;
using Writ.Cedar.Values;

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

    /// <summary>The value that one expression has for a request; for explanations, not for decisions.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="request">The request.</param>
    /// <param name="entities">What is known of the entities.</param>
    /// <param name="fault">What went wrong, as a clause; null when nothing did.</param>
    /// <returns>The value; null when the expression cannot be evaluated.</returns>
    public static Value? ValueOf(Expr expression, Request request, EntityStore entities, out string? fault)
    {
        ArgumentNullException.ThrowIfNull(expression);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(entities);
        var evaluator = new ExprEvaluator(request, entities);
        var value = evaluator.Evaluate(expression);
        fault = value is null ? evaluator.TakeFault().Fault.Message : null;
        return value;
    }

    /// <summary>Decides by Cedar's own rules. An erring policy is skipped, a forbid too: see <see cref="Evaluation.Decision"/>.</summary>
    public static Response Authorize(PolicySet policies, Request request, EntityStore entities)
    {
        var evaluation = Evaluate(policies, request, entities);
        return new Response(evaluation.Decision, [.. evaluation.Reasons.Select(policy => policy.Id)], evaluation.Errors);
    }
}
