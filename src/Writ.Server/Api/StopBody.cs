using Writ.Governance.Agents;

namespace Writ.Server.Api;

/// <summary>Why an agent is stopped; the reason has at most 500 characters.</summary>
internal sealed record StopBody(string Reason, SuspensionCause Cause = SuspensionCause.Manual);
