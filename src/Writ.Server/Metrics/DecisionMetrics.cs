using Writ.Governance.Approvals;
using Writ.Governance.Decisions;
using Writ.Governance.Metering;
using Writ.Governance.Organizations;

namespace Writ.Server.Metrics;

/// <summary>What was decided and done, and what waits.</summary>
internal sealed class DecisionMetrics(DecisionMeters meters, DispatchTable dispatches, ApprovalBoard approvals) : IMetricSource
{
    public void WriteTo(MetricWriter writer, OrganizationId organization)
    {
        var (meter, own) = (meters.Of(organization), ("organization", organization.ToString()));
        writer.Family("writ_decisions_total", MetricKind.Counter, "Recorded decisions by outcome and reason code (docs/errors.md), since the start.");
        foreach (var (outcome, code, count) in meter.Decisions.OrderBy(d => d.Outcome).ThenBy(d => d.Code, StringComparer.Ordinal))
            writer.Sample(count, own, ("outcome", outcome.Word()), ("code", code));
        writer.Family("writ_effects_total", MetricKind.Counter, "Recorded effects by status, since the start.");
        foreach (var status in Enum.GetValues<EffectStatus>())
            writer.Sample(meter.Effects(status), own, ("status", status.Word()));
        writer.Family("writ_effects_owed", MetricKind.Gauge, "Permitted actions whose effect is not known yet.");
        writer.Sample(dispatches.OpenSince(DateTimeOffset.MaxValue).Count(d => d.Organization == organization), own);
        writer.Family("writ_approvals_pending", MetricKind.Gauge, "Requests that wait for people.");
        writer.Sample(approvals.Pending(organization).Count, own);
        writer.Family("writ_decision_gates_seconds", MetricKind.Histogram, "How long the gates took for a decision, without recording it.");
        writer.Histogram(meter.GateTimes.Read(), own);
    }
}
