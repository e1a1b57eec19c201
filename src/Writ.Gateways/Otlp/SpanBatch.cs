using Writ.Governance.Telemetry;

namespace Writ.Gateways.Otlp;

/// <summary>The spans of one request. One that is not a span is counted, with what is wrong with the first; the others are taken. Not thread safe.</summary>
internal sealed class SpanBatch
{
    private readonly List<ReportedSpan> _spans = [];

    public IReadOnlyList<ReportedSpan> Spans => _spans;

    public int Rejected { get; private set; }

    /// <summary>What is wrong with the first that was rejected; null where none was.</summary>
    public string? Problem { get; private set; }

    /// <summary>Whether there are more than <see cref="SpanLimits.Spans"/>; what came after was not read.</summary>
    public bool IsTooLong => _spans.Count + Rejected > SpanLimits.Spans;

    public void Add(ReportedSpan span)
    {
        if (SpanRules.ProblemOf(span) is { } problem)
            Reject(problem);
        else
            _spans.Add(span);
    }

    public void Reject(string problem)
    {
        Rejected++;
        Problem ??= problem;
    }
}
