using System.Collections.Immutable;
using Writ.Governance.Agents;

namespace Writ.Governance.Controls;

/// <summary>An agent holds an API key; only its keyed hash is kept.</summary>
/// <param name="Agent">Whose it is.</param>
/// <param name="KeyId">Names it in records.</param>
/// <param name="SecretHash">The keyed hash of the secret, in hexadecimal.</param>
/// <param name="ExpiresAt">From when on it is refused.</param>
/// <param name="Predecessor">The key that it takes the place of, which works on for <see cref="AgentKey.Overlap"/>.</param>
/// <param name="Sources">From where alone it is taken, as CIDR; none for everywhere.</param>
public sealed record AgentKeyIssued(
    AgentId Agent, string KeyId, string SecretHash, DateTimeOffset ExpiresAt, string? Predecessor = null, ImmutableArray<string>? Sources = null) : ControlAction;
