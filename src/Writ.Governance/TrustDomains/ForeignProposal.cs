using Writ.Governance.People;

namespace Writ.Governance.TrustDomains;

/// <summary>A bundle of another trust domain that waits for a second person. Immutable.</summary>
public sealed record ForeignProposal(string Domain, string Bundle, string Digest, PersonId By, DateTimeOffset At);
