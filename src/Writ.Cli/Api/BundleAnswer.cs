namespace Writ.Cli.Api;

/// <summary>A bundle and the snapshot that decides now.</summary>
internal sealed record BundleAnswer(string Name, string Version, string Digest, string Snapshot)
{
    /// <summary><c>active</c>, <c>canary</c> or <c>proposed</c>; a server that says neither knows no proposals.</summary>
    public string State { get; init; } = "active";

    public string? SignedBy { get; init; }

    public string? Ground { get; init; }

    public FindingView? Finding { get; init; }

    public ForecastView? Denials { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }
}
