using System.Collections.Immutable;
using Writ.Governance.Agents;

namespace Writ.Governance.Auditing;

/// <summary>What an agent holds, against what it used. Immutable.</summary>
/// <param name="Agent">The agent.</param>
/// <param name="At">When it was asked, UTC.</param>
/// <param name="Since">From when on the reader sees records, UTC; null for all there are. "Never" is never since then.</param>
/// <param name="Grants">Its grants, in their order.</param>
/// <param name="Credentials">Its keys in force, by id.</param>
/// <param name="Proposed">The least that covers what was used in the last 30 days, and what was given within them.</param>
public sealed record PermissionAudit(
    AgentId Agent, DateTimeOffset At, DateTimeOffset? Since, ImmutableArray<GrantUse> Grants, ImmutableArray<CredentialUse> Credentials, ImmutableArray<Grant> Proposed);
