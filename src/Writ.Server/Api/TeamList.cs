using System.Collections.Immutable;

namespace Writ.Server.Api;

internal sealed record TeamList(ImmutableArray<TeamView> Teams);
