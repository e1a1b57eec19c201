using Writ.Governance.Policies.Lifecycle.Canary;
using Writ.Governance.Policies.Publishing;
using Writ.Governance.Policies.Signing;

namespace Writ.Governance.Controls;

/// <summary>A bundle waits for a second person; its parts precede it in the log. <c>Base</c> is the digest that it was compared with.</summary>
public sealed record BundleProposed(string Name, string Version, string Digest, Looseness Looseness, string Words, string? Base = null) : ControlAction
{
    /// <summary>What it would newly refuse of what agents lately did; null where nothing is known of it.</summary>
    public DenialForecast? Forecast { get; init; }

    /// <summary>The publisher's signature; null where a token alone vouches for it.</summary>
    public BundleSignature? Signature { get; init; }

    /// <summary>For whom it would decide as a canary; null where it would hold for everybody.</summary>
    public CanaryTerms? Canary { get; init; }
}
