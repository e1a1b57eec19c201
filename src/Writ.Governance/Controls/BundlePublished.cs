using Writ.Governance.Policies.Publishing;
using Writ.Governance.Policies.Signing;

namespace Writ.Governance.Controls;

/// <summary>A bundle is active; its parts precede it in the log.</summary>
public sealed record BundlePublished(string Name, string Version, string Digest) : ControlAction
{
    /// <summary>Why one person's act was enough; null only where the installation itself acted, or an older binary did.</summary>
    public PublicationGround? Ground { get; init; }

    /// <summary>What it newly refuses of what agents lately did; null where nothing is known of it.</summary>
    public DenialForecast? Forecast { get; init; }

    /// <summary>Why owners of those agents were not waited for; null where nobody had to be.</summary>
    public string? Override { get; init; }

    /// <summary>The publisher's signature; null where a token alone vouches for it.</summary>
    public BundleSignature? Signature { get; init; }
}
