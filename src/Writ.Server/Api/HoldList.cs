using System.Collections.Immutable;

namespace Writ.Server.Api;

/// <summary>The legal holds that stand.</summary>
internal sealed record HoldList(ImmutableArray<HoldView> Holds);
