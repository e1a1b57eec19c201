using Writ.Governance.Admission;
using Writ.Governance.Organizations;

namespace Writ.Server.Metrics;

/// <summary>What was refused before anything was decided.</summary>
internal sealed class AdmissionMetrics(AdmissionControl admission) : IMetricSource
{
    public void WriteTo(MetricWriter writer, OrganizationId organization)
    {
        writer.Family("writ_requests_refused_total", MetricKind.Counter, "Requests refused before anything was decided, by what ran out, since the start.");
        foreach (var (cause, count) in admission.RefusedInAll(organization).OrderBy(r => r.Cause, StringComparer.Ordinal))
            writer.Sample(count, ("organization", organization.ToString()), ("cause", cause));
        writer.Family("writ_requests_unauthenticated_total", MetricKind.Counter, "Requests without an accepted credential, to the whole process, since the start.");
        writer.Sample(admission.RefusedInAll(null).Sum(r => r.Count));
    }
}
