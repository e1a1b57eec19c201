using Writ.Governance.Agents;
using Writ.Governance.Reviews;

namespace Writ.Governance.Controls;

/// <summary>Somebody looked at something of an agent and found it right.</summary>
/// <param name="Agent">Which.</param>
/// <param name="Review">What they looked at.</param>
/// <param name="Note">What they say of it.</param>
/// <param name="Digest">SHA-256 of what it was, in hexadecimal.</param>
public sealed record AgentReviewed(AgentId Agent, ReviewKind Review, string Note, string Digest) : ControlAction;
