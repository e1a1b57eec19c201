using Writ.Governance.Organizations;

namespace Writ.Server.Metrics;

/// <summary>Some families of metrics. Reading them takes no lock for long and changes nothing. Thread safe.</summary>
internal interface IMetricSource
{
    /// <summary>Writes its families: those of the whole process, and of the organization nothing but its own.</summary>
    void WriteTo(MetricWriter writer, OrganizationId organization);
}
