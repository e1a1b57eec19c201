using Writ.Governance.Organizations;
using Writ.Governance.People;

namespace Writ.Governance.Controls;

/// <summary>One leaf of the control log: what changed, when, and on whose authority.</summary>
/// <param name="V">The record format; readers know every one there has been.</param>
/// <param name="Id">A UUID, version 7.</param>
/// <param name="Organization">Whose log this is.</param>
/// <param name="At">Microseconds since 1970-01-01 UTC.</param>
/// <param name="By">On whose authority.</param>
/// <param name="Action">What changed.</param>
public sealed record ControlRecord(int V, Guid Id, OrganizationId Organization, long At, Authority By, ControlAction Action)
{
    /// <summary>The format written today.</summary>
    public const int Format = 1;
}
