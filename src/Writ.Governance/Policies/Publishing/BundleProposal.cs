using Writ.Governance.People;

namespace Writ.Governance.Policies.Publishing;

/// <summary>
/// A bundle that one person wants to be active and another has to confirm. Bound to its digest, and to the version it was compared with.
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

    /// <summary>Why a second person has to look.</summary>
    public required PublicationFinding Finding { get; init; }

    /// <summary>From when on it can no longer be confirmed.</summary>
    public DateTimeOffset ExpiresAt => At + Life;
}
