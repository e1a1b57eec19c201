namespace Writ.Server.Api;

/// <summary>A trust domain that waits for a second person.</summary>
internal sealed record ProposedDomainView(string Domain, string Digest, string ProposedBy, DateTimeOffset ProposedAt);
