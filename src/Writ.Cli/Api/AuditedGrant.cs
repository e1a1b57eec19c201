namespace Writ.Cli.Api;

/// <summary>How one grant was used.</summary>
internal sealed record AuditedGrant(
    string Grant, int DaysUsed, long Calls, IReadOnlyList<string> ToolsUsed, IReadOnlyList<string> Findings, DateTimeOffset? LastUsed = null, string? LeastAmount = null, string? MostAmount = null, DateTimeOffset? LeavesAt = null);
