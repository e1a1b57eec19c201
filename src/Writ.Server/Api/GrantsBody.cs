using System.Collections.Immutable;

namespace Writ.Server.Api;

/// <summary>What an agent is to have been given, in full.</summary>
internal sealed record GrantsBody(ImmutableArray<string> Grants);
