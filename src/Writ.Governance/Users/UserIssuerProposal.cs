using Writ.Governance.People;

namespace Writ.Governance.Users;

/// <summary>A user issuer that waits for a second person. Immutable.</summary>
public sealed record UserIssuerProposal(UserIssuer Issuer, string Digest, PersonId By, DateTimeOffset At);
