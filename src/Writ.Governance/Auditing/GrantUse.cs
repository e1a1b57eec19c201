using System.Collections.Immutable;
using Writ.Governance.Agents;

namespace Writ.Governance.Auditing;

/// <summary>How a grant was used: permitted calls alone, as the records have them. Nothing of the arguments stands here but the range of amounts.</summary>
/// <param name="Grant">The grant.</param>
/// <param name="Origin">Where it comes from; null where the record of it is from before grants had dates.</param>
/// <param name="LastUsed">When a call under it was last permitted, UTC; null where none is on record.</param>
/// <param name="Days">On how many days (UTC) of the last 30 there was one.</param>
/// <param name="Calls">How many there were.</param>
/// <param name="LeastAmount">The smallest amount of money that they moved; null where none moved any.</param>
/// <param name="MostAmount">The largest.</param>
/// <param name="Tools">The tools of the server that were called in the last 30 days, by name.</param>
/// <param name="Findings">What is wrong with it.</param>
public sealed record GrantUse(
    Grant Grant, GrantOrigin? Origin, DateTimeOffset? LastUsed, int Days, long Calls, decimal? LeastAmount, decimal? MostAmount, ImmutableArray<string> Tools, ImmutableArray<GrantFinding> Findings);
