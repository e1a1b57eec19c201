using System.Collections.Immutable;

namespace Writ.Governance.Auditing;

/// <summary>How a credential in force was used: an API key, or a registered one.</summary>
/// <param name="KeyId">Names it in records: of a key its public part.</param>
/// <param name="ExpiresAt">When it stops working, UTC.</param>
/// <param name="LastUsed">When a call that came with it was last permitted, UTC; null where none is on record.</param>
/// <param name="Calls">How many there were.</param>
/// <param name="Findings">What is wrong with it.</param>
public sealed record CredentialUse(string KeyId, DateTimeOffset ExpiresAt, DateTimeOffset? LastUsed, long Calls, ImmutableArray<GrantFinding> Findings);
