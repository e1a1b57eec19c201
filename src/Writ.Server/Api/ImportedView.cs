using Writ.Governance.Agents;

namespace Writ.Server.Api;

/// <summary>An agent of a list.</summary>
internal sealed record ImportedView(int Line, AgentId Id, string Name);
