using Writ.Cedar.Entities;
using Writ.Cedar.Extensions;
using Writ.Cedar.Policies;
using Writ.Cedar.Values;

namespace Writ.Cedar.Authorization;

/// <summary>Evaluates policies for one request. Not thread safe.</summary>
internal sealed class PolicyEvaluator(Request request, EntityStore entities)
{
    private readonly ExprEvaluator _expressions = new(request, entities);

    /// <summary>Whether scope and conditions all hold, asked in the order of the text up to the first that does not; null when one erred.</summary>
    public bool? IsSatisfied(Policy policy)
    {
        if (!IsInScope(policy, request, entities))
            return false;
        foreach (var condition in policy.Conditions)
        {
            if (_expressions.Bool(condition.Body) is not { } holds)
                return null;
            if (holds != (condition.Kind == ConditionKind.When))
                return false;
        }

        return true;
    }

    /// <summary>Why the last policy erred.</summary>
    public EvaluationError ErrorOf(Policy policy)
    {
        var (fault, position) = _expressions.TakeFault();
        return new EvaluationError(policy, fault.Kind, position, fault.Message);
    }

    // A scope cannot err: it compares entities only.
    /// <summary>Whether the three scopes hold.</summary>
    public static bool IsInScope(Policy policy, Request request, EntityStore entities) =>
        Holds(policy.Principal, request.Principal, entities) && Holds(policy.Action, request.Action, entities) && Holds(policy.Resource, request.Resource, entities);

    private static bool Holds(EntityScope scope, EntityUid uid, EntityStore entities) => scope switch
    {
        EntityScope.Any => true,
        EntityScope.Equal equal => uid.Equals(Entity(equal.Target)),
        EntityScope.In container => entities.IsIn(uid, Entity(container.Target)),
        EntityScope.Is type => uid.Type.Equals(type.Type),
        EntityScope.IsIn both => uid.Type.Equals(both.Type) && entities.IsIn(uid, Entity(both.Target)),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static bool Holds(ActionScope scope, EntityUid uid, EntityStore entities)
    {
        switch (scope)
        {
            case ActionScope.Any:
                return true;
            case ActionScope.Equal equal:
                return uid.Equals(equal.Action);
            case ActionScope.In group:
                return entities.IsIn(uid, group.Group);
            case ActionScope.InAny any:
                foreach (var action in any.Actions)
                {
                    if (entities.IsIn(uid, action))
                        return true;
                }

                return false;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private static EntityUid Entity(ScopeTarget target) =>
        target is ScopeTarget.Entity entity ? entity.Uid : throw new System.Diagnostics.UnreachableException("A policy has no open slot.");
}
