namespace Writ.Governance.Decisions;

/// <summary>All that a refused agent sees.</summary>
/// <param name="Reason">The code and its sentence.</param>
/// <param name="EscalationToken">Says nothing to the agent; people find the decision, its rules and its approvers by it. Null where the decision on record permitted.</param>
public sealed record Refusal(ReasonCode Reason, string? EscalationToken);
