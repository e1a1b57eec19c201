using Writ.Governance.Organizations;

namespace Writ.Governance.Admission;

/// <summary>A kind of refused traffic; many refusals of a kind become one summary record.</summary>
/// <param name="Organization">Whose credential it was; null where none was recognized.</param>
/// <param name="Credential">The key id; null where none was recognized.</param>
/// <param name="Cause">What ran out, in Writ's own words.</param>
/// <param name="Caller">The shadow agent, where it is one; null elsewhere.</param>
public sealed record RefusedTraffic(OrganizationId? Organization, string? Credential, string Cause, string? Caller = null);
