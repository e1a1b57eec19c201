using Writ.Governance.Controls;
using Writ.Governance.Registry;

namespace Writ.Governance.Policies.Lifecycle;

/// <summary>The way back to a version that held. It asks only whether there is one: what was accepted once is not judged again.</summary>
public static class BundleRollback
{
    /// <summary>The control action that rolls a bundle back.</summary>
    /// <param name="organization">Where.</param>
    /// <param name="name">The bundle.</param>
    /// <param name="to">The digest of a version that is kept; null for the one that held before the present one was published.</param>
    /// <param name="reason">Why, for the record.</param>
    public static ControlPlan Plan(OrganizationState organization, string name, string? to, string reason)
    {
        if (!organization.Bundles.TryGetValue(name, out var active))
            return ControlPlan.Refuse("there is no bundle of that name");
        var history = organization.BundleHistories[name];
        if ((to ?? history.Find(active.Digest)?.Before) is not { } target)
            return ControlPlan.Refuse("nothing held before this version of the bundle: name the digest of another one");
        if (target == active.Digest)
            return ControlPlan.Refuse("that version of the bundle holds already");
        return history.Find(target) is null
            ? ControlPlan.Refuse($"no such version of the bundle is kept; the last {BundleHistory.MaxVersions} are")
            : ControlPlan.Take(new BundleRolledBack(name, target, reason));
    }
}
