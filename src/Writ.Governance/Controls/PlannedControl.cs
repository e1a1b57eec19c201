using Writ.Governance.Organizations;
using Writ.Governance.People;

namespace Writ.Governance.Controls;

/// <summary>A control request that met a state.</summary>
/// <param name="Seen">The registry it was planned against.</param>
/// <param name="Organization">Where.</param>
/// <param name="By">On whose authority.</param>
/// <param name="Actions">What it comes down to.</param>
/// <param name="Refusal">Why nothing is done; null when it is.</param>
internal sealed record PlannedControl(
    Registry.Registry Seen, OrganizationId Organization, Authority By, IReadOnlyList<ControlAction> Actions, ControlOutcome? Refusal)
{
    /// <summary>Whether it only takes rights away.</summary>
    public bool IsRestriction => Actions.Count > 0 && Actions.All(action => action.IsRestriction());
}
