using System.Collections.Immutable;
using Writ.Governance.Decisions;
using Writ.Governance.Policies.Lifecycle.Canary;

namespace Writ.Server.Api;

/// <summary>
/// How a canary stands: its terms, and how often each outcome was decided on either side. <c>Left</c> says how it left its band;
/// <c>Suspended</c>, that what holds decides for everybody because its end could not be recorded yet.
/// </summary>
internal sealed record CanaryView(
    CanaryTerms Terms, DateTimeOffset? CountedSince, ImmutableSortedDictionary<string, long> Canary, ImmutableSortedDictionary<string, long> Others, string? Left, bool Suspended)
{
    public static CanaryView Of(CanaryTerms terms, CanaryCounts counts, bool suspended) =>
        new(terms, counts.Since, Words(counts.Canary), Words(counts.Others), counts.Left, suspended);

    private static ImmutableSortedDictionary<string, long> Words(CanaryArm arm) =>
        Enum.GetValues<Outcome>().Where(outcome => arm.Of(outcome) > 0).ToImmutableSortedDictionary(outcome => outcome.Word(), arm.Of, StringComparer.Ordinal);
}
