using Writ.Governance.Agents;

namespace Writ.Server.Api;

/// <summary>Where an agent comes from that nobody described by hand, and what it claims.</summary>
internal sealed record OriginView(AgentSource Source, string Reference, IReadOnlyDictionary<string, string> Claims);
