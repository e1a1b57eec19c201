using System.Collections.Immutable;

namespace Writ.Gateways.AuthZen;

/// <summary>A page of what would be permitted, constraints included, as things stand (section 8.3).</summary>
internal sealed record SearchResponse(ImmutableArray<SearchResult> Results, SearchedPage Page);
