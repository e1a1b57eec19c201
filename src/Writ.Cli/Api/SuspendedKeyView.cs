namespace Writ.Cli.Api;

/// <summary>A key of an agent that a restore suspended.</summary>
internal sealed record SuspendedKeyView(string KeyId, string Name, DateTimeOffset ExpiresAt);
