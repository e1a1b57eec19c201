using System.Collections.Immutable;
using Writ.Governance.Organizations;

namespace Writ.Governance.Limits;

/// <summary>What a decision took of its rates, to be given back if it certainly was not recorded.</summary>
internal sealed record RateReservation(OrganizationId Organization, ImmutableArray<(RateKey Key, DateTimeOffset At)> Taken)
{
    public static RateReservation Nothing { get; } = new(default, []);
}
