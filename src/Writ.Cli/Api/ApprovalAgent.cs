namespace Writ.Cli.Api;

/// <summary>The agent that asks.</summary>
internal sealed record ApprovalAgent(string Id, string Name, string? Owner = null);
