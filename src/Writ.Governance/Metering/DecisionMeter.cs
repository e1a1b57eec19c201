using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Writ.Governance.Decisions;
using Writ.Ledger;

namespace Writ.Governance.Metering;

/// <summary>
/// What one organization decided and did since the start. Only what is recorded counts. The kinds are Writ's own words, so that there are few of
/// them whatever agents say. Counting allocates nothing once a kind was seen. Thread safe.
/// </summary>
public sealed class DecisionMeter
{
    private readonly ConcurrentDictionary<(Outcome Outcome, string Code), StrongBox<long>> _decisions = new();
    private readonly long[] _effects = new long[Enum.GetValues<EffectStatus>().Length];

    /// <summary>How long the gates took for each decision.</summary>
    public LatencyHistogram GateTimes { get; } = new();

    /// <summary>Decisions by outcome and reason code; the code is empty where there is none.</summary>
    public IEnumerable<(Outcome Outcome, string Code, long Count)> Decisions =>
        _decisions.Select(d => (d.Key.Outcome, d.Key.Code, Interlocked.Read(ref d.Value.Value)));

    /// <summary>How many effects had a status.</summary>
    public long Effects(EffectStatus status) => Interlocked.Read(ref _effects[(int)status]);

    /// <summary>Counts a decision that is recorded.</summary>
    public void Decided(Outcome outcome, ReasonCode? reason, TimeSpan gates)
    {
        Interlocked.Increment(ref _decisions.GetOrAdd((outcome, reason?.Code ?? ""), static _ => new StrongBox<long>()).Value);
        GateTimes.Add(gates);
    }

    /// <summary>Counts an effect that is recorded.</summary>
    public void Settled(EffectStatus status) => Interlocked.Increment(ref _effects[(int)status]);
}
