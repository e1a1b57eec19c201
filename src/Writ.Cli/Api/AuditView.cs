namespace Writ.Cli.Api;

/// <summary>What an agent holds, against what it used.</summary>
internal sealed record AuditView(DateTimeOffset At, IReadOnlyList<AuditedGrant> Grants, IReadOnlyList<AuditedKey> Credentials, IReadOnlyList<string> Proposed, DateTimeOffset? Since = null);
