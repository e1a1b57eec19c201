namespace Writ.Server.Api;

/// <summary>A key that was issued: shown here and never again.</summary>
internal sealed record KeyAnswer(string Key, string KeyId, DateTimeOffset? ExpiresAt = null);
