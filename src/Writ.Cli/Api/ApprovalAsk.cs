namespace Writ.Cli.Api;

/// <summary>The rule that asks, who may answer it, how many have to, and why it asks.</summary>
internal sealed record ApprovalAsk(string Policy, IReadOnlyList<string> Approvers, int Quorum, string? Reason = null);
