using Writ.Governance.Agents;

namespace Writ.Server.Api;

/// <summary>That an agent is stopped: why, by whom (null for Writ itself), and since when.</summary>
internal sealed record SuspensionView(SuspensionCause Cause, string? By, DateTimeOffset At, string Reason);
