namespace Writ.Server.Api;

/// <summary>A registered agent and, where one was issued, its key: shown here and never again.</summary>
internal sealed record AgentAnswer(AgentView Agent, string? Key = null, string? KeyId = null, DateTimeOffset? ExpiresAt = null);
