using System.Collections.Immutable;
using Writ.Governance.Reviews;

namespace Writ.Server.Api;

/// <summary>What somebody looked at of an agent and found right, what they say of it and, by kind, the digests of what they saw.</summary>
internal sealed record ReviewBody(ImmutableArray<ReviewKind> Reviews, string Note)
{
    /// <summary>By kind, the digest that <c>GET /v1/reviews</c> showed; where something else holds by now, nothing is attested.</summary>
    public ImmutableSortedDictionary<string, string>? Seen { get; init; }
}
