using Writ.Governance.People;

namespace Writ.Governance.Reviews;

/// <summary>That somebody looked at something of an agent and found it right. Immutable.</summary>
/// <param name="By">Who.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Note">What they say of it.</param>
/// <param name="Digest">SHA-256 of what they looked at, in hexadecimal.</param>
public sealed record AgentReview(PersonId By, DateTimeOffset At, string Note, string Digest);
