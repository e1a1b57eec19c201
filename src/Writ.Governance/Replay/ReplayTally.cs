using Writ.Governance.Decisions;
using Writ.Governance.Tools;

namespace Writ.Governance.Replay;

/// <summary>Counts what was decided. Not thread safe: every worker has its own, and they are added up.</summary>
public sealed class ReplayTally
{
    private static readonly int Effects = Enum.GetValues<EffectClass>().Length;
    private static readonly int Outcomes = Enum.GetValues<Outcome>().Length;
    private static readonly int Obstacles = Enum.GetValues<ReplayObstacle>().Length;
    private readonly long[] _decided = new long[(Effects + 1) * Outcomes];
    private readonly long[] _obstructed = new long[(Effects + 1) * Obstacles];

    public long Traces { get; private set; }

    public long Calls => _decided.Sum();

    /// <summary>How many calls of an effect class (null: of tools nobody knows) had an outcome.</summary>
    public long Of(EffectClass? effect, Outcome outcome) => _decided[(Row(effect) * Outcomes) + (int)outcome];

    /// <summary>How many calls had an outcome.</summary>
    public long Of(Outcome outcome) => Enumerable.Range(0, Effects + 1).Sum(row => _decided[(row * Outcomes) + (int)outcome]);

    /// <summary>How many calls of an effect class were refused before any policy was asked, for this reason.</summary>
    public long Of(EffectClass? effect, ReplayObstacle obstacle) => _obstructed[(Row(effect) * Obstacles) + (int)obstacle];

    /// <summary>How many calls were refused before any policy was asked, for this reason.</summary>
    public long Of(ReplayObstacle obstacle) => Enumerable.Range(0, Effects + 1).Sum(row => _obstructed[(row * Obstacles) + (int)obstacle]);

    internal void CountTrace() => Traces++;

    internal void Count(in ReplayedCall call)
    {
        _decided[(Row(call.Effect) * Outcomes) + (int)call.Outcome]++;
        _obstructed[(Row(call.Effect) * Obstacles) + (int)call.Obstacle]++;
    }

    internal void Add(ReplayTally other)
    {
        Traces += other.Traces;
        for (var i = 0; i < _decided.Length; i++)
            _decided[i] += other._decided[i];
        for (var i = 0; i < _obstructed.Length; i++)
            _obstructed[i] += other._obstructed[i];
    }

    private static int Row(EffectClass? effect) => effect is { } known ? (int)known : Effects;
}
