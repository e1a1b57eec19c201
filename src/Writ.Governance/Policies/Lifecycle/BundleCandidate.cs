using Writ.Governance.Policies.Lifecycle.Canary;
using Writ.Governance.Policies.Signing;

namespace Writ.Governance.Policies.Lifecycle;

/// <summary>A version of a bundle that is tried beside the one that holds. Immutable, thread safe.</summary>
/// <param name="Bundle">Its content.</param>
/// <param name="Base">The digest of the version that held when it was staged; null where no bundle of that name did.</param>
/// <param name="Since">Since when it is in its state, UTC.</param>
/// <param name="Policy">What would decide if it held: this version among the other active bundles. Compiled at its first use.</param>
public sealed record BundleCandidate(PublishedBundle Bundle, string? Base, DateTimeOffset Since, ActivePolicy Policy)
{
    /// <summary>The most candidates of an organization: each is evaluated with every decision.</summary>
    public const int MostAtOnce = 4;

    /// <summary>The publisher's signature; null where a token alone vouches for it.</summary>
    public BundleSignature? Signature { get; init; }

    /// <summary>For whom it decides; null in shadow, where it decides for nobody.</summary>
    public CanaryTerms? Canary { get; init; }

    /// <summary>Where it stands.</summary>
    public BundleState State => Canary is null ? BundleState.Shadow : BundleState.Canary;
}
