namespace Writ.Server.Api;

/// <summary>A JWT-SVID.</summary>
internal sealed record TokenSvidAnswer(string SpiffeId, string Svid, DateTimeOffset ExpiresAt);
