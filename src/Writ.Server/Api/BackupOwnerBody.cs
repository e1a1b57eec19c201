namespace Writ.Server.Api;

/// <summary>Who is to answer when the owner cannot, or null for nobody, and why; the reason has at most 500 characters.</summary>
internal sealed record BackupOwnerBody(string Reason, string? BackupOwner = null);
