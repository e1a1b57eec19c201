using System.Globalization;
using System.Text.Json;
using Writ.Governance.Agents;
using Writ.Governance.Decisions;
using Writ.Governance.Folds;
using Writ.Governance.Organizations;
using Writ.Governance.Tasks;

namespace Writ.Governance.Telemetry;

/// <summary>
/// The recent decisions that came with a trace, so that spans that come later find what permitted them. A span finds only decisions of its own
/// agent in its own trace about its own tool, and a decision is found by one span: two uses of a tool need two permissions. Thread safe.
/// </summary>
public sealed class TraceLinks : IFoldState
{
    /// <summary>How many decisions are remembered of an organization; the oldest are forgotten first.</summary>
    public const int Capacity = 100_000;

    /// <summary>How many of one trace.</summary>
    public const int MostPerTrace = 1_000;

    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, OrganizationTraces> _organizations = new(StringComparer.Ordinal);

    /// <summary>Remembers a decision whose record is durable, where its call said where it came from.</summary>
    public void Remember(ActionRequest request, Outcome outcome)
    {
        var facts = request.Facts;
        if (facts.Trace is { } trace)
        {
            Add(facts.Organization, new TracedDecision(
                new TraceKey(facts.Agent.Id, TraceOf(trace.TraceId)), SpanOf(trace.SpanId), request.Id, facts.Task.Id,
                request.Tool?.Server.ToString(), request.Tool?.Name, outcome is Outcome.Allow or Outcome.AllowWithConstraints));
        }
    }

    /// <summary>Remembers a decision of before this start.</summary>
    public void Replay(OrganizationId organization, JsonElement record)
    {
        if (!record.TryGetProperty("trace", out var trace) || !record.TryGetProperty("span", out var span))
            return;
        var outcome = record.GetProperty("outcome").GetString();
        Add(organization, new TracedDecision(
            new TraceKey(new AgentId(record.GetProperty("agent").GetGuid()), TraceOf(trace.GetString())), SpanOf(span.GetString()),
            new DecisionId(record.GetProperty("id").GetGuid()), new TaskId(record.GetProperty("task").GetGuid()),
            record.TryGetProperty("server", out var server) ? server.GetString() : null, record.TryGetProperty("tool", out var tool) ? tool.GetString() : null,
            outcome == Outcome.Allow.Word() || outcome == Outcome.AllowWithConstraints.Word()));
    }

    /// <summary>Remembers what a span of before this start was linked to, where it was linked.</summary>
    public void ReplayLink(OrganizationId organization, JsonElement record)
    {
        if (!record.TryGetProperty("decision", out var decision))
            return;
        lock (_lock)
            _organizations.GetValueOrDefault(organization.ToString())?.Link(new DecisionId(decision.GetGuid()), SpanOf(record.GetProperty("span").GetString()));
    }

    /// <summary>The task of the newest decision of an agent in a trace; null where there is none.</summary>
    internal TaskId? TaskOf(OrganizationId organization, TraceKey trace)
    {
        lock (_lock)
            return _organizations.GetValueOrDefault(organization.ToString())?.Of(trace) is [.., var newest] ? newest.Task : null;
    }

    /// <summary>
    /// The decision that permitted what a tool span did, taken by it from now on; null where there is none left. The one that names this very span
    /// is preferred, then one whose call came from within it or from the span above, then the oldest.
    /// </summary>
    /// <param name="organization">Whose.</param>
    /// <param name="trace">The trace of the span's agent.</param>
    /// <param name="tool">The tool it names.</param>
    /// <param name="span">The span.</param>
    /// <param name="parents">The span above each span that came with it.</param>
    internal DecisionId? Take(OrganizationId organization, TraceKey trace, string tool, ulong span, IReadOnlyDictionary<ulong, ulong> parents)
    {
        lock (_lock)
        {
            TracedDecision? best = null;
            var nearest = int.MaxValue;
            foreach (var decision in _organizations.GetValueOrDefault(organization.ToString())?.Of(trace) ?? [])
            {
                if (decision.TakenBy == span)
                    return decision.Decision;
                if (!decision.Permits || decision.TakenBy is not null || !decision.IsOf(tool))
                    continue;
                var distance = decision.Span == span ? 0
                    : parents.TryGetValue(decision.Span, out var above) && above == span ? 1
                    : parents.TryGetValue(span, out var own) && own == decision.Span ? 2
                    : 3;
                if (distance < nearest)
                    (best, nearest) = (decision, distance);
            }

            best?.TakenBy = span;
            return best?.Decision;
        }
    }

    bool IFoldState.TryWriteTo(FoldWriter writer)
    {
        lock (_lock)
        {
            writer.Number(_organizations.Count);
            foreach (var (name, traces) in _organizations)
            {
                writer.Text(name);
                traces.WriteTo(writer);
            }
        }

        return true;
    }

    void IFoldState.ReadFrom(FoldReader reader)
    {
        lock (_lock)
        {
            for (var organizations = reader.Count(); organizations > 0; organizations--)
                _organizations.Add(reader.Text(), OrganizationTraces.ReadFrom(reader));
        }
    }

    private void Add(OrganizationId organization, TracedDecision traced)
    {
        lock (_lock)
        {
            var name = organization.ToString();
            if (!_organizations.TryGetValue(name, out var traces))
                _organizations[name] = traces = new OrganizationTraces();
            traces.Add(traced);
        }
    }

    private static UInt128 TraceOf(ReadOnlySpan<char> text) => UInt128.Parse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    private static ulong SpanOf(ReadOnlySpan<char> text) => ulong.Parse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
