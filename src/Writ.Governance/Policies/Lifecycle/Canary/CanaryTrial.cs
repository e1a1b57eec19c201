using System.Globalization;
using Writ.Crypto.Hashing;
using Writ.Governance.Decisions;

namespace Writ.Governance.Policies.Lifecycle.Canary;

/// <summary>Counts both sides of a canary against one snapshot that holds, and tells when they are too far apart. Thread safe.</summary>
internal sealed class CanaryTrial(BundleCandidate candidate, Hash256 against)
{
    private static readonly int Outcomes = Enum.GetValues<Outcome>().Length;
    private readonly Lock _gate = new();
    private readonly long[] _canary = new long[Outcomes];
    private readonly long[] _others = new long[Outcomes];
    private DateTimeOffset? _since;
    private string? _left;

    public bool Fits(BundleCandidate other, Hash256 holds) =>
        candidate.Bundle.Digest == other.Bundle.Digest && candidate.Since == other.Since && against == holds;

    /// <summary>Counts a decision. How it left the band, the first time it does; else null.</summary>
    public string? Count(bool byCanary, Outcome outcome, DateTimeOffset at)
    {
        lock (_gate)
        {
            _since ??= at;
            (byCanary ? _canary : _others)[(int)outcome]++;
            return _left is null ? _left = Departure_NeedsLock() : null;
        }
    }

    public CanaryCounts Read()
    {
        lock (_gate)
            return new CanaryCounts(_since, new CanaryArm([.. _canary]), new CanaryArm([.. _others]), _left);
    }

    private string? Departure_NeedsLock()
    {
        var terms = candidate.Canary!;
        var (here, there) = (_canary.Sum(), _others.Sum());
        if (here < terms.Minimum || there < terms.Minimum)
            return null;
        foreach (var outcome in Enum.GetValues<Outcome>())
        {
            var (one, other) = (_canary[(int)outcome], _others[(int)outcome]);
            // one/here and other/there are further apart than the band, in whole numbers.
            if (terms.Band.TryGetValue(outcome.Word(), out var points) && Int128.Abs(((Int128)one * there) - ((Int128)other * here)) * 100 > (Int128)points * here * there)
                return $"it left its band: {outcome.Word()} {Rate(one, here)} of {here} decisions, against {Rate(other, there)} of {there} by what holds; at most {points} percentage points apart";
        }

        return null;
    }

    private static string Rate(long some, long all) => (100m * some / all).ToString("0.0", CultureInfo.InvariantCulture) + " %";
}
