using System.Collections.Immutable;

namespace Writ.Server.Api;

/// <summary>Reviews, the ones due first at the head, and how many days after a notice an agent is suspended.</summary>
internal sealed record ReviewList(ImmutableArray<ReviewView> Reviews, int GraceDays);
