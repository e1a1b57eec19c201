namespace Writ.Server.Configuration;

/// <summary>The <c>limits.admission</c> of <c>writ.yaml</c>. Rates are requests per second. Immutable.</summary>
public sealed record AdmissionSettings
{
    /// <summary>Requests per second of one credential. Default 2,000.</summary>
    public double RatePerCredential { get; init; } = 2_000;

    /// <summary>Requests per second of one organization. Default 20,000.</summary>
    public double RatePerOrganization { get; init; } = 20_000;

    /// <summary>Requests per second of one address that show no valid credential. Default 20.</summary>
    public double UnauthenticatedRatePerAddress { get; init; } = 20;

    /// <summary>Requests of one credential in flight. Default 256.</summary>
    public int ConcurrentPerCredential { get; init; } = 256;

    /// <summary>Requests of one organization in flight. Default 2,048.</summary>
    public int ConcurrentPerOrganization { get; init; } = 2_048;

    /// <summary>Reported spans per second of one credential. Default 1,000.</summary>
    public double SpansPerCredential { get; init; } = 1_000;

    /// <summary>Reported spans per second of one organization. Default 5,000.</summary>
    public double SpansPerOrganization { get; init; } = 5_000;
}
