using Writ.Governance.Agents;
using Writ.Governance.People;

namespace Writ.Server.Api;

/// <summary>A root of a delegation chain that was minted.</summary>
internal sealed record DelegationView(Guid Id, AgentId Agent, PersonId Principal, string Hash, DateTimeOffset ExpiresAt, bool Withdrawn);
