using Writ.Governance.Agents;

namespace Writ.Server.Api;

/// <summary>Something about an agent that waits for a person who answers for it.</summary>
/// <param name="Agent">Which.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Kind">What waits: <c>took-over</c>, <c>no-backup-owner</c> or <c>asked-to-own</c>.</param>
/// <param name="From">From whom it comes; absent where from nobody.</param>
/// <param name="Since">Since when; absent where nobody knows.</param>
/// <param name="Do">What to do, in words.</param>
internal sealed record DutyView(AgentId Agent, string Name, string Kind, string? From, DateTimeOffset? Since, string Do);
