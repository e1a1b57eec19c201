using System.Collections.Immutable;

namespace Writ.Server.Api;

/// <summary>The decision points outside Writ that have to agree.</summary>
internal sealed record DecisionPointList(ImmutableArray<DecisionPointView> Points);
