namespace Writ.Cli.Api;

/// <summary>What waits for people.</summary>
internal sealed record ApprovalList(IReadOnlyList<ApprovalView> Approvals);
