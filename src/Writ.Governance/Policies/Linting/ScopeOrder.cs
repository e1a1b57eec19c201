using Writ.Cedar.Entities;
using Writ.Cedar.Policies;

namespace Writ.Governance.Policies.Linting;

/// <summary>
/// The order of scopes: whether one covers every request that another covers. Answers true only where that is so whatever tools, agents
/// and teams there are; false also means "not known".
/// </summary>
internal static class ScopeOrder
{
    private const string EveryCall = "tool/call";

    public static bool Covers(Policy wide, Policy narrow, LintSubject subject) =>
        Covers(wide.Principal, narrow.Principal) && Covers(wide.Action, narrow.Action, subject) && Covers(wide.Resource, narrow.Resource);

    /// <summary>Whether a scope of actions covers every action that an agent can take.</summary>
    public static bool IsEverything(ActionScope scope) => scope is ActionScope.Any || scope is not ActionScope.Equal && scope.Actions.Any(action => action.Id == EveryCall);

    private static bool Covers(EntityScope wide, EntityScope narrow) => (wide, narrow) switch
    {
        (EntityScope.Any, _) => true,
        (EntityScope.Is all, { Type: { } type }) => all.Type.Equals(type),
        (EntityScope.Is all, EntityScope.Equal { Target: ScopeTarget.Entity { Uid: var uid } }) => all.Type.Equals(uid.Type),
        (EntityScope.In all, EntityScope.Equal or EntityScope.In or EntityScope.IsIn) => all.Target.Equals(narrow.Target),
        (EntityScope.IsIn, EntityScope.IsIn) or (EntityScope.Equal, EntityScope.Equal) => wide.Equals(narrow),
        _ => false,
    };

    private static bool Covers(ActionScope wide, ActionScope narrow, LintSubject subject)
    {
        if (IsEverything(wide))
            return true;
        if (narrow is ActionScope.Any)
            return false;
        return narrow.Actions.All(action => wide.Actions.Any(one => one.Equals(action) || (wide is not ActionScope.Equal && Contains(one, action, subject))));
    }

    private static bool Contains(EntityUid group, EntityUid action, LintSubject subject) =>
        (group.Id.StartsWith("server/", StringComparison.Ordinal) && action.Id.StartsWith($"tool/{group.Id["server/".Length..]}/", StringComparison.Ordinal))
        || subject.Entities.IsIn(action, group);
}
