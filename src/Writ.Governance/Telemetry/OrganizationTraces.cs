using Writ.Governance.Agents;
using Writ.Governance.Decisions;
using Writ.Governance.Folds;
using Writ.Governance.Tasks;

namespace Writ.Governance.Telemetry;

/// <summary>The recent decisions of one organization that came with a trace, bounded. Not thread safe.</summary>
internal sealed class OrganizationTraces
{
    private readonly Dictionary<TraceKey, List<TracedDecision>> _traces = [];
    private readonly Dictionary<DecisionId, TracedDecision> _byDecision = [];
    private readonly Queue<TracedDecision> _oldestFirst = new();

    /// <summary>The decisions of a trace, the oldest first; null where there are none.</summary>
    public List<TracedDecision>? Of(TraceKey trace) => _traces.GetValueOrDefault(trace);

    public void Add(TracedDecision traced)
    {
        if (!_byDecision.TryAdd(traced.Decision, traced))
            return;
        if (!_traces.TryGetValue(traced.Trace, out var decisions))
            _traces[traced.Trace] = decisions = [];
        decisions.Add(traced);
        _oldestFirst.Enqueue(traced);
        if (decisions.Count > TraceLinks.MostPerTrace)
            Forget(decisions[0]);
        if (_byDecision.Count > TraceLinks.Capacity)
            Forget(_oldestFirst.Peek());
        // What was forgotten with its trace lies at the front sooner or later.
        while (_oldestFirst.TryPeek(out var oldest) && !_byDecision.ContainsKey(oldest.Decision))
            _oldestFirst.Dequeue();
    }

    public void Link(DecisionId decision, ulong span) => _byDecision.GetValueOrDefault(decision)?.TakenBy = span;

    public void WriteTo(FoldWriter writer)
    {
        writer.Number(_byDecision.Count);
        foreach (var traced in _oldestFirst.Where(traced => _byDecision.ContainsKey(traced.Decision)))
        {
            writer.Id(traced.Trace.Agent.Value);
            writer.Number((ulong)(traced.Trace.Trace >> 64));
            writer.Number((ulong)traced.Trace.Trace);
            writer.Number(traced.Span);
            writer.Id(traced.Decision.Value);
            writer.Id(traced.Task.Value);
            writer.OptionalText(traced.Server);
            writer.OptionalText(traced.Tool);
            writer.Flag(traced.Permits);
            writer.Flag(traced.TakenBy is not null);
            writer.Number(traced.TakenBy ?? 0);
        }
    }

    public static OrganizationTraces ReadFrom(FoldReader reader)
    {
        var traces = new OrganizationTraces();
        for (var decisions = reader.Count(); decisions > 0; decisions--)
        {
            var trace = new TraceKey(new AgentId(reader.Id()), new UInt128(reader.Unsigned(), reader.Unsigned()));
            var traced = new TracedDecision(
                trace, reader.Unsigned(), new DecisionId(reader.Id()), new TaskId(reader.Id()), reader.OptionalText(), reader.OptionalText(), reader.Flag());
            var (isTaken, by) = (reader.Flag(), reader.Unsigned());
            traced.TakenBy = isTaken ? by : null;
            traces.Add(traced);
        }

        return traces;
    }

    private void Forget(TracedDecision traced)
    {
        _byDecision.Remove(traced.Decision);
        var decisions = _traces[traced.Trace];
        decisions.Remove(traced);
        if (decisions.Count == 0)
            _traces.Remove(traced.Trace);
    }
}
