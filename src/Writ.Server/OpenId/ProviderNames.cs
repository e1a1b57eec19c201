using System.Collections.Immutable;

namespace Writ.Server.OpenId;

/// <summary>By which providers people of an organization log in. One that does not exist has none either.</summary>
internal sealed record ProviderNames(ImmutableArray<string> Providers);
