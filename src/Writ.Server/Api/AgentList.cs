using System.Collections.Immutable;

namespace Writ.Server.Api;

internal sealed record AgentList(ImmutableArray<AgentView> Agents);
