using Writ.Governance.Erasures;
using Writ.Governance.Organizations;
using Writ.Governance.Registry;

namespace Writ.Server.Metrics;

/// <summary>What is to be forgotten and is not yet, and what stands against it.</summary>
internal sealed class ErasureMetrics(RegistryHolder registry, TimeProvider time) : IMetricSource
{
    public void WriteTo(MetricWriter writer, OrganizationId organization)
    {
        var (state, own, now) = (registry.Current.Organizations[organization], ("organization", organization.ToString()), time.GetUtcNow());
        var confirmed = state.Erasures.Values.Where(e => e.State == ErasureState.Confirmed).ToList();
        writer.Family("writ_erasures_waiting", MetricKind.Gauge, "Erasures that wait for a second person, or are confirmed and not carried out yet.");
        writer.Sample(state.Erasures.Values.Count(e => e.IsOpen(now)), own, ("state", "requested"));
        writer.Sample(confirmed.Count, own, ("state", "confirmed"));
        writer.Family("writ_erasures_overdue", MetricKind.Gauge, "Confirmed erasures that are past their 72 hours.");
        writer.Sample(confirmed.Count(e => e.Due <= now), own);
        writer.Family("writ_legal_holds", MetricKind.Gauge, "Legal holds in force.");
        writer.Sample(state.Holds.Count, own);
    }
}
