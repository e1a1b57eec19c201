namespace Writ.Server.Configuration;

/// <summary>The <c>tls</c> section of <c>writ.yaml</c>: both files or neither. Immutable.</summary>
public sealed record TlsSettings
{
    /// <summary>The server's certificate and what leads to its root, PEM, its own first. Default none: no TLS, and loopback only.</summary>
    public string? CertificateFile { get; init; }

    /// <summary>The private key, PEM, mode 0600.</summary>
    public string? KeyFile { get; init; }
}
