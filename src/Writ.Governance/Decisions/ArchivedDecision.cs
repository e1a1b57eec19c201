using Writ.Governance.Organizations;

namespace Writ.Governance.Decisions;

/// <summary>Where a decision and its effect lie in the log.</summary>
internal sealed record ArchivedDecision(OrganizationId Organization, ulong Index, string? Escalation, ulong? EffectIndex);
