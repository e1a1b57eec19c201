namespace Writ.Server.Api;

/// <summary>An authority of an organization's own trust domain: the SHA-256 of its root, and whether it is the one that signs.</summary>
internal sealed record AuthorityView(string Thumbprint, DateTimeOffset AddedAt, bool Retired, bool Signs);
