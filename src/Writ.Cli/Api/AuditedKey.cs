namespace Writ.Cli.Api;

/// <summary>How a key in force was used.</summary>
internal sealed record AuditedKey(string KeyId, long Calls, IReadOnlyList<string> Findings, DateTimeOffset? LastUsed = null);
