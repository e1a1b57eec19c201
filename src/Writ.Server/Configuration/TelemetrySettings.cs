namespace Writ.Server.Configuration;

/// <summary>The <c>telemetry</c> of <c>writ.yaml</c>. Immutable.</summary>
public sealed record TelemetrySettings
{
    /// <summary>The collector that decisions and effects are sent to as spans, path and all. Default none.</summary>
    public Uri? OtlpEndpoint { get; init; }

    /// <summary>The environment variable that holds the headers sent with them, as <c>name=value,name=value</c>. Default none.</summary>
    public string? OtlpHeadersVariable { get; init; }
}
