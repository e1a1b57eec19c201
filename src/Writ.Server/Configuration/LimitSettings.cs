namespace Writ.Server.Configuration;

/// <summary>The <c>limits</c> of <c>writ.yaml</c>. Immutable.</summary>
public sealed record LimitSettings
{
    /// <summary>The longest body of a request to an MCP door, in bytes. Default 4 MiB.</summary>
    public int McpBodyBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>How long an upstream may take for one call. Default 60 s.</summary>
    public TimeSpan UpstreamTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>What may come in at all, before anything is decided.</summary>
    public AdmissionSettings Admission { get; init; } = new();
}
