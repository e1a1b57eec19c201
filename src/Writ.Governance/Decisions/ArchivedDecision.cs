namespace Writ.Governance.Decisions;

/// <summary>Where a decision and its effect lie in the log of their organization.</summary>
internal sealed record ArchivedDecision(ulong Index, string? Escalation, ulong? EffectIndex);
