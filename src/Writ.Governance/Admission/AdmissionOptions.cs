namespace Writ.Governance.Admission;

/// <summary>What may come in at all, before anything is decided.</summary>
public sealed record AdmissionOptions
{
    /// <summary>Requests per second and credential. Default 2,000.</summary>
    public double RatePerCredential { get; init; } = 2_000;

    /// <summary>Requests per second and organization. Default 20,000.</summary>
    public double RatePerOrganization { get; init; } = 20_000;

    /// <summary>Unauthenticated requests per second and address. Default 20.</summary>
    public double UnauthenticatedRatePerAddress { get; init; } = 20;

    /// <summary>Reported spans per second and credential. They are counted apart from requests, so that no report takes from an action. Default 1,000.</summary>
    public double SpansPerCredential { get; init; } = 1_000;

    /// <summary>Reported spans per second and organization. Default 5,000.</summary>
    public double SpansPerOrganization { get; init; } = 5_000;

    /// <summary>How many seconds' worth of a rate may come at once. Default 2.</summary>
    public double BurstSeconds { get; init; } = 2;

    /// <summary>Requests of one credential that may be in flight. Default 256.</summary>
    public int ConcurrentPerCredential { get; init; } = 256;

    /// <summary>Requests of one organization that may be in flight. Default 2,048.</summary>
    public int ConcurrentPerOrganization { get; init; } = 2_048;

    /// <summary>How many credentials, organizations and addresses are remembered at once. Default 100,000.</summary>
    public int MaxKeys { get; init; } = 100_000;
}
