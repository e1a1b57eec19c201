namespace Writ.Server.Login;

/// <summary>A session, as people see it.</summary>
internal sealed record SessionView(string Id, DateTimeOffset StartedAt, DateTimeOffset ExpiresAt, string? Passkey);
