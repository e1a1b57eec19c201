using Writ.Cedar.Entities;
using Writ.Cedar.Policies;

namespace Writ.Governance.Policies;

/// <summary>Whether a policy's scope covers a request; its conditions are not looked at.</summary>
internal static class ScopeMatch
{
    public static bool Covers(Policy policy, EntityUid principal, EntityUid action, EntityUid resource, EntityStore entities) =>
        Covers(policy.Principal, principal, entities)
        && Covers(policy.Action, action, entities)
        && Covers(policy.Resource, resource, entities);

    public static bool Covers(EntityScope scope, EntityUid uid, EntityStore entities) => scope switch
    {
        EntityScope.Any => true,
        EntityScope.Equal { Target: ScopeTarget.Entity target } => target.Uid.Equals(uid),
        EntityScope.In { Target: ScopeTarget.Entity target } => entities.IsIn(uid, target.Uid),
        EntityScope.Is { Type: var type } => type.Equals(uid.Type),
        EntityScope.IsIn { Type: var type, Target: ScopeTarget.Entity target } => type.Equals(uid.Type) && entities.IsIn(uid, target.Uid),
        _ => false,
    };

    public static bool Covers(ActionScope scope, EntityUid action, EntityStore entities) => scope switch
    {
        ActionScope.Any => true,
        ActionScope.Equal { Action: var named } => named.Equals(action),
        ActionScope.In { Group: var group } => entities.IsIn(action, group),
        ActionScope.InAny { Actions: var any } => any.Any(group => entities.IsIn(action, group)),
        _ => false,
    };
}
