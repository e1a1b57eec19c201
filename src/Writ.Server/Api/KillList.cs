using System.Collections.Immutable;

namespace Writ.Server.Api;

/// <summary>The kills that stand, and the newest that were lifted, both oldest first.</summary>
internal sealed record KillList(ImmutableArray<KillView> Standing, ImmutableArray<KillView> Lifted);
