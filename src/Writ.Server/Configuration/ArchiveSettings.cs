using Writ.Server.Archiving;

namespace Writ.Server.Configuration;

/// <summary>The <c>archive</c> section of <c>writ.yaml</c>. Immutable.</summary>
public sealed record ArchiveSettings
{
    /// <summary>Where full segments go: <c>folder:/PATH</c> or <c>s3://BUCKET/PREFIX</c>. Default nowhere.</summary>
    public ArchiveAddress? Target { get; init; }

    /// <summary>The service that speaks S3, where it is not Amazon's. Default Amazon's.</summary>
    public Uri? S3Endpoint { get; init; }

    /// <summary>The region of the bucket. Default what the environment says.</summary>
    public string? S3Region { get; init; }

    /// <summary>For how many days each object is locked, from when it is written. Default 2,557, 7 years.</summary>
    public int RetainDays { get; init; } = 2_557;
}
