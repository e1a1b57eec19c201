namespace Writ.Server.Login;

/// <summary>A passkey, as people see it.</summary>
internal sealed record PasskeyView(string Id, string Label, DateTimeOffset RegisteredAt, uint SignCount, bool BackupEligible);
