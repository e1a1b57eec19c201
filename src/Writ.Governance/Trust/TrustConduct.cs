using System.Collections.Immutable;
using Writ.Governance.Agents;
using Writ.Governance.Decisions;
using Writ.Governance.Folds;

namespace Writ.Governance.Trust;

/// <summary>
/// What the decision log says of one agent: former days, summed up, and the two newest, which are still open, because what happens side by side
/// around midnight is not recorded in order. Thread safe.
/// </summary>
internal sealed class TrustConduct
{
    private readonly Lock _lock = new();
    private readonly long[] _for = new long[Enum.GetValues<Conduct>().Length];
    private readonly long[] _against = new long[Enum.GetValues<Conduct>().Length];
    private readonly ImmutableSortedSet<Guid>[] _evidence = [.. Enum.GetValues<Conduct>().Select(_ => ImmutableSortedSet<Guid>.Empty)];
    private TrustMeasures _former;
    private TrustDay? _before;
    private TrustDay? _newest;
    private TrustMeasures? _standing;
    private Agent? _asked;
    private Agent? _judged;

    /// <summary>Takes what a record says.</summary>
    public void Add(in TrustEvent said, DecisionId decision, DateTimeOffset at)
    {
        lock (_lock)
        {
            var day = DayOf_NeedsLock(at);
            var respect = (int)said.Respect;
            if (said.For)
            {
                day.For = day.For.Plus(said.Respect, said.Weight);
                _for[respect]++;
                return;
            }

            day.Against = day.Against.Plus(said.Respect, said.Weight);
            _against[respect]++;
            var named = _evidence[respect].Add(decision.Value);
            _evidence[respect] = named.Count > TrustMeasure.MostEvidence ? named.Remove(named.Min) : named;
        }
    }

    /// <summary>Counts a permitted call.</summary>
    public void Permit(bool outside, bool powerful, DateTimeOffset at)
    {
        lock (_lock)
        {
            var day = DayOf_NeedsLock(at);
            day.Permitted++;
            day.Outside += outside ? 1 : 0;
            day.Powerful += powerful ? 1 : 0;
        }
    }

    /// <summary>The agent with its score under a ceiling; the same object as long as neither changes.</summary>
    public Agent Judge(Agent agent, int ceiling)
    {
        lock (_lock)
        {
            var standing = Standing_NeedsLock();
            var values = standing.Values;
            var score = TrustVector.ScoreOf((int)values.Behaviour, (int)values.Compliance, (int)values.Reliability, Math.Min(ceiling, standing.Exposure));
            if (!ReferenceEquals(agent, _asked) || _judged!.Trust != score)
                (_asked, _judged) = (agent, agent.Trust == score ? agent : agent with { Trust = score });
            return _judged;
        }
    }

    public TrustVector Vector(int ceiling)
    {
        lock (_lock)
        {
            var standing = Standing_NeedsLock();
            var values = standing.Values;
            return new TrustVector(
                ceiling,
                Measure_NeedsLock(Conduct.Behaviour, values.Behaviour),
                Measure_NeedsLock(Conduct.Compliance, values.Compliance),
                Measure_NeedsLock(Conduct.Reliability, values.Reliability),
                standing.Exposure);
        }
    }

    public void WriteTo(FoldWriter writer)
    {
        lock (_lock)
        {
            foreach (var respect in Enum.GetValues<Conduct>())
            {
                writer.Number(_for[(int)respect]);
                writer.Number(_against[(int)respect]);
                writer.Number(_evidence[(int)respect].Count);
                foreach (var decision in _evidence[(int)respect])
                    writer.Id(decision);
            }

            _former.WriteTo(writer);
            foreach (var day in new[] { _before, _newest })
            {
                writer.Flag(day is not null);
                day?.WriteTo(writer);
            }
        }
    }

    public static TrustConduct Read(FoldReader reader)
    {
        var read = new TrustConduct();
        foreach (var respect in Enum.GetValues<Conduct>())
        {
            (read._for[(int)respect], read._against[(int)respect]) = (reader.Number(), reader.Number());
            read._evidence[(int)respect] = [.. reader.Many(r => r.Id())];
        }

        read._former = TrustMeasures.Read(reader);
        read._before = reader.Flag() ? TrustDay.Read(reader) : null;
        read._newest = reader.Flag() ? TrustDay.Read(reader) : null;
        return read;
    }

    /// <summary>The day of a moment, which is open from now on. What comes later than two days counts for the oldest that is open.</summary>
    private TrustDay DayOf_NeedsLock(DateTimeOffset at)
    {
        _standing = null;
        var number = (int)(at.UtcTicks / TimeSpan.TicksPerDay) - (int)(DateTimeOffset.UnixEpoch.Ticks / TimeSpan.TicksPerDay);
        if (_newest is null || number > _newest.Day)
        {
            if (_before is not null)
                _former = _former.After(_before);
            (_before, _newest) = (_newest, new TrustDay(number));
            return _newest;
        }

        if (number == _newest.Day)
            return _newest;
        if (_before is null || number > _before.Day)
        {
            if (_before is not null)
                _former = _former.After(_before);
            return _before = new TrustDay(number);
        }

        return _before;
    }

    private TrustMeasures Standing_NeedsLock()
    {
        if (_standing is { } known)
            return known;
        var standing = _former;
        if (_before is not null)
            standing = standing.After(_before);
        if (_newest is not null)
            standing = standing.After(_newest);
        _standing = standing;
        return standing;
    }

    private TrustMeasure Measure_NeedsLock(Conduct respect, long value) => new(
        (int)value, _for[(int)respect], _against[(int)respect], [.. _evidence[(int)respect].Select(id => new DecisionId(id))]);
}
