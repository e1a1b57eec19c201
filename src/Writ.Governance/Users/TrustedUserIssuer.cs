namespace Writ.Governance.Users;

/// <summary>A user issuer that is believed, and since when: what it said before, under whatever registration, counts no more. Immutable.</summary>
public sealed record TrustedUserIssuer(UserIssuer Issuer, DateTimeOffset Since);
