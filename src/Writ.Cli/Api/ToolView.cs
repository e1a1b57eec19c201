namespace Writ.Cli.Api;

/// <summary>What people see of a tool: admitted, or quarantined and why.</summary>
internal sealed record ToolView(string Name, string Standing, string? Effect = null, string? Capability = null, string? Cause = null);
