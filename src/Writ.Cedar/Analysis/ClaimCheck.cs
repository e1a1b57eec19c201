using Writ.Cedar.Authorization;
using Writ.Cedar.Entities;
using Writ.Cedar.Expressions;

namespace Writ.Cedar.Analysis;

/// <summary>Says by the reference evaluator whether a claim is true of one request. Not thread safe.</summary>
internal sealed class ClaimCheck(Request request, EntityStore entities)
{
    private readonly PolicyEvaluator _policies = new(request, entities);
    private readonly ExprEvaluator _expressions = new(request, entities);

    public bool IsTrue(Claim claim) => claim switch
    {
        Claim.Satisfied satisfied => _policies.IsSatisfied(satisfied.Policy) == true,
        Claim.Unsatisfied unsatisfied => _policies.IsSatisfied(unsatisfied.Policy) == false,
        Claim.Holds holds => _expressions.Bool(holds.Expression) == true,
        Claim.All all => all.Claims.All(IsTrue),
        Claim.Any any => any.Claims.Any(IsTrue),
        Claim.Not not => !IsTrue(not.Other),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
