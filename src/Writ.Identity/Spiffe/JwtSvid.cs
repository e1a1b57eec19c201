namespace Writ.Identity.Spiffe;

/// <summary>A JWT-SVID that was verified. Immutable, thread safe.</summary>
/// <param name="Id">Whose it is.</param>
/// <param name="KeyId">Which key of the trust domain signed it.</param>
/// <param name="Credential">The credential that Writ says it was given for; null in tokens of others.</param>
/// <param name="NotAfter">From when on it is refused, but for the skew of clocks.</param>
public sealed record JwtSvid(SpiffeId Id, string KeyId, string? Credential, DateTimeOffset NotAfter);
