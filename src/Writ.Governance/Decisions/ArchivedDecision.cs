namespace Writ.Governance.Decisions;

/// <summary>Where a decision and its effect lie in the log of their organization. A value: a hundred thousand of them are kept, and each would be one more object for the collector to move.</summary>
internal readonly record struct ArchivedDecision(ulong Index, string? Escalation, ulong? EffectIndex);
