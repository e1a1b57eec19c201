namespace Writ.Governance.Policies.Explaining;

/// <summary>What a clause looked at.</summary>
/// <param name="Path">Where: <c>context.args.amount</c>, <c>principal.risk</c>.</param>
/// <param name="Value">What stood there, as Cedar writes it; null when nothing did.</param>
public sealed record ReadValue(string Path, string? Value);
