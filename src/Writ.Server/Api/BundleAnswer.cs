using Writ.Governance.Policies.Publishing;

namespace Writ.Server.Api;

/// <summary>A bundle and the snapshot that decides now. <c>State</c> is <c>active</c>, <c>canary</c> or <c>proposed</c>.</summary>
internal sealed record BundleAnswer(string Name, string Version, string Digest, string Snapshot)
{
    public string State { get; init; } = "active";

    /// <summary>The key that signed it; absent where a token alone vouches for it.</summary>
    public string? SignedBy { get; init; }

    /// <summary>Why one person was enough; absent where that was not asked, or where a second confirmed.</summary>
    public PublicationGround? Ground { get; init; }

    /// <summary>What the comparison with what held before came to.</summary>
    public PublicationFinding? Finding { get; init; }

    /// <summary>What it newly refuses of what agents lately did, or would.</summary>
    public DenialForecast? Denials { get; init; }

    /// <summary>Until when a proposal can be confirmed.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}
