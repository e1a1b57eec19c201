using System.Collections.Immutable;

namespace Writ.Server.Api;

internal sealed record ServerList(ImmutableArray<ServerView> Servers);
