using System.Collections.Concurrent;
using Writ.Governance.Organizations;

namespace Writ.Governance.Metering;

/// <summary>What was decided and done since the start, by organization. Thread safe.</summary>
public sealed class DecisionMeters
{
    private readonly ConcurrentDictionary<OrganizationId, DecisionMeter> _meters = new();

    /// <summary>The meter of an organization.</summary>
    public DecisionMeter Of(OrganizationId organization) => _meters.GetOrAdd(organization, static _ => new DecisionMeter());
}
