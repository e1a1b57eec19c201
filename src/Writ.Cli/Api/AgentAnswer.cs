namespace Writ.Cli.Api;

/// <summary>One agent; right after its registration with its key, which is shown once.</summary>
internal sealed record AgentAnswer(AgentView Agent, string? Key = null, string? KeyId = null, DateTimeOffset? ExpiresAt = null);
