using Writ.Governance.Feeds;
using Writ.Governance.Organizations;
using Writ.Server.Telemetry;

namespace Writ.Server.Metrics;

/// <summary>How the export of spans stands, where there is one.</summary>
internal sealed class ExportMetrics(TelemetryExport export) : IMetricSource
{
    public void WriteTo(MetricWriter writer, OrganizationId organization)
    {
        if (export.StateOf(organization) is not var (state, sent, dropped))
            return;
        var own = ("organization", organization.ToString());
        writer.Family("writ_otlp_spans_sent_total", MetricKind.Counter, "Spans that the collector took, since the start.");
        writer.Sample(sent, own);
        writer.Family("writ_otlp_spans_dropped_total", MetricKind.Counter, "Spans that the collector will never take, since the start.");
        writer.Sample(dropped, own);
        writer.Family("writ_otlp_behind_records", MetricKind.Gauge, "Records of the decision log that the export has not come to.");
        writer.Sample((long)state.Behind, own);
        writer.Family("writ_otlp_failing", MetricKind.Gauge, "1 while what was tried last did not go out, else 0.");
        writer.Sample(state.Standing is FeedStanding.Waiting or FeedStanding.Following ? 0 : 1, own);
    }
}
