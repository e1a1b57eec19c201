namespace Writ.Governance.Policies.Authoring.Conditions;

/// <summary>What a condition says that cannot be compiled.</summary>
/// <param name="At">Where, in characters from the start of the condition.</param>
/// <param name="Message">What was wrong, and what was expected.</param>
internal sealed record ConditionFault(int At, string Message);
