using System.Collections.Immutable;
using Writ.Governance.People;
using Writ.Governance.Policies.Lifecycle.Canary;

namespace Writ.Governance.Policies.Publishing;

/// <summary>
/// A bundle that one person wants to be active, and that waits for another to confirm it, for owners of agents to acknowledge what it refuses, or for both. Bound to its digest, and to the version it was compared with.
/// Immutable. It decides nothing.
/// </summary>
public sealed record BundleProposal
{
    /// <summary>How long a proposal can be confirmed.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromDays(7);

    public required PublishedBundle Bundle { get; init; }

    /// <summary>The digest that held when it was proposed; null where the bundle is new.</summary>
    public required string? Base { get; init; }

    public required PersonId By { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>What the comparison with the policies that held came to.</summary>
    public required PublicationFinding Finding { get; init; }

    /// <summary>What it would newly refuse of what agents lately asked.</summary>
    public required DenialForecast Forecast { get; init; }

    /// <summary>Who has acknowledged that.</summary>
    public ImmutableHashSet<PersonId> Acknowledged { get; init; } = [];

    /// <summary>Those who know what it refuses: they acknowledged it, or proposed it.</summary>
    public IReadOnlyCollection<PersonId> Known => Acknowledged.Add(By);

    /// <summary>For whom it would decide as a canary; null where it would hold for everybody.</summary>
    public CanaryTerms? Canary { get; init; }

    /// <summary>From when on it can no longer be confirmed.</summary>
    public DateTimeOffset ExpiresAt => At + Life;
}
