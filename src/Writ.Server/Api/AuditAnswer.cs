using System.Collections.Immutable;
using Writ.Governance.Agents;
using Writ.Governance.Auditing;

namespace Writ.Server.Api;

/// <summary>What an agent holds, against what it used.</summary>
internal sealed record AuditAnswer(
    AgentId Agent, DateTimeOffset At, DateTimeOffset? Since, ImmutableArray<AuditedGrant> Grants, ImmutableArray<CredentialUse> Credentials, ImmutableArray<string> Proposed)
{
    public static AuditAnswer Of(PermissionAudit audit) => new(
        audit.Agent, audit.At, audit.Since, [.. audit.Grants.Select(AuditedGrant.Of)], audit.Credentials, [.. audit.Proposed.Select(grant => grant.ToString())]);
}
