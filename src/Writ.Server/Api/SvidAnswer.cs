namespace Writ.Server.Api;

/// <summary>An X.509-SVID: the chain without its root, PEM, and until when it is in force.</summary>
internal sealed record SvidAnswer(string SpiffeId, string Svid, DateTimeOffset ExpiresAt, string Credential);
