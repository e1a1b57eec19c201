using System.Collections.Immutable;

namespace Writ.Server.Api;

/// <summary>Who knocked and is not known; how many are left out because somebody dismissed them.</summary>
internal sealed record ShadowAgentList(ImmutableArray<ShadowAgentView> Shadows, int Dismissed);
