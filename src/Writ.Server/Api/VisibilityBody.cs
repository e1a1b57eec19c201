using Writ.Governance.Agents;

namespace Writ.Server.Api;

/// <summary>Who finds an agent, and why; the reason has at most 500 characters.</summary>
internal sealed record VisibilityBody(AgentVisibility Visibility, string Reason);
