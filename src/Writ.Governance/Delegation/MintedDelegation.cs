using Writ.Governance.Agents;
using Writ.Governance.People;

namespace Writ.Governance.Delegation;

/// <summary>A root that Writ minted: no other is honoured, whoever signed it.</summary>
/// <param name="Id">The <c>jti</c> of the root token.</param>
/// <param name="Agent">The agent that holds it.</param>
/// <param name="Principal">The person who is accountable for all that is done under it.</param>
/// <param name="Hash">The hash of the root token, in lower-case hexadecimal.</param>
/// <param name="ExpiresAt">When it ends.</param>
public sealed record MintedDelegation(Guid Id, AgentId Agent, PersonId Principal, string Hash, DateTimeOffset ExpiresAt);
