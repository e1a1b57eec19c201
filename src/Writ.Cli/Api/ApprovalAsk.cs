namespace Writ.Cli.Api;

/// <summary>The rule that asks, who may answer it, how many have to, why it asks, and whether an approval needs evidence.</summary>
internal sealed record ApprovalAsk(string Policy, IReadOnlyList<string> Approvers, int Quorum, string? Reason = null, bool EvidenceRequired = false);
