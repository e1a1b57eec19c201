using System.Net;
using Microsoft.Extensions.Logging;

namespace Writ.Server.Configuration;

/// <summary>
/// The process settings of one server, checked: what <see cref="ConfigurationLoader"/> makes of flags, environment and
/// <c>writ.yaml</c>. Paths are absolute. Immutable, thread safe.
/// </summary>
public sealed record ServerOptions
{
    /// <summary>The ledger's folder: segments, vault, tiles. Default <c>~/.local/share/writ</c> (XDG).</summary>
    public required string DataFolder { get; init; }

    /// <summary>Keys, pepper, checkpoints and the administrator's token, kept apart from the data. Default <c>~/.config/writ</c> (XDG).</summary>
    public required string ConfigurationFolder { get; init; }

    /// <summary>The file that holds the vault's master key. Default <c>master.key</c> in the configuration folder.</summary>
    public required string MasterKeyFile { get; init; }

    /// <summary>Where the server listens; port 0 takes a free one. A loopback address, unless there is TLS. Default 127.0.0.1:7070.</summary>
    public IPEndPoint Listen { get; init; } = new(IPAddress.Loopback, 7070);

    /// <summary>TLS on the port.</summary>
    public TlsSettings Tls { get; init; } = new();

    /// <summary>Where clients reach the server, as scheme, host and port: what it is called in tokens. Null where that is where it listens.</summary>
    public Uri? PublicUrl { get; init; }

    /// <summary>The trust domain of SPIFFE ids. Default <c>writ.local</c>.</summary>
    public string TrustDomain { get; init; } = "writ.local";

    /// <summary>The least serious messages that are logged. Default information.</summary>
    public LogLevel LogLevel { get; init; } = LogLevel.Information;

    /// <summary>Whether the first start makes the built-in floor active. Says nothing once there is an organization. Default true.</summary>
    public bool Floor { get; init; } = true;

    /// <summary>What requests may cost.</summary>
    public LimitSettings Limits { get; init; } = new();

    /// <summary>How the ledger writes.</summary>
    public LedgerSettings Ledger { get; init; } = new();

    /// <summary>Where spans are sent.</summary>
    public TelemetrySettings Telemetry { get; init; } = new();

    /// <summary>Where full segments are archived.</summary>
    public ArchiveSettings Archive { get; init; } = new();

    /// <summary>The settings of an installation whose two folders are given, and everything else by default.</summary>
    public static ServerOptions In(string dataFolder, string configurationFolder) => new()
    {
        DataFolder = Path.GetFullPath(dataFolder),
        ConfigurationFolder = Path.GetFullPath(configurationFolder),
        MasterKeyFile = Path.Combine(Path.GetFullPath(configurationFolder), "master.key"),
    };
}
