using System.Net;
using Microsoft.Extensions.Logging;
using Writ.Server.Archiving;

namespace Writ.Server.Configuration;

/// <summary>Every setting there is. A key that is not here is an error wherever it turns up.</summary>
internal static class Settings
{
    private const long KiB = 1024, MiB = 1024 * KiB, GiB = 1024 * MiB;

    public static readonly Setting<string> DataFolder = new("data_folder", "a folder", SettingValues.Path);
    public static readonly Setting<string> ConfigurationFolder = new("configuration_folder", "a folder", SettingValues.Path);
    public static readonly Setting<string> MasterKeyFile = new("master_key_file", "a file", SettingValues.Path);
    public static readonly Setting<IPEndPoint> Listen = new("listen", "ADDRESS:PORT such as 127.0.0.1:7070", SettingValues.Endpoint);
    public static readonly Setting<string> TrustDomain =
        new("trust_domain", "a SPIFFE trust domain such as writ.local (lower-case letters, digits, '.', '-', '_')", SettingValues.TrustDomain);
    public static readonly Setting<Uri> PublicUrl =
        new("public_url", "https://HOST or https://HOST:PORT, without a path (http on this machine only)", SettingValues.PublicUrl);

    public static readonly Setting<string> TlsCertificateFile = new("tls.certificate_file", "a file", SettingValues.Path);
    public static readonly Setting<string> TlsKeyFile = new("tls.key_file", "a file", SettingValues.Path);
    public static readonly Setting<LogLevel> LogLevel = new("log_level", "debug, information, warning or error", SettingValues.Level);
    public static readonly Setting<bool> Floor = new("floor", "true or false", SettingValues.Flag);

    public static readonly Setting<long> McpBodyBytes = Bytes("limits.mcp_body_bytes", KiB, 256 * MiB);
    public static readonly Setting<TimeSpan> UpstreamTimeout =
        Duration("limits.upstream_timeout", TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));

    public static readonly Setting<double> RatePerCredential = Rate("limits.admission.rate_per_credential");
    public static readonly Setting<double> RatePerOrganization = Rate("limits.admission.rate_per_organization");
    public static readonly Setting<double> UnauthenticatedRatePerAddress = Rate("limits.admission.unauthenticated_rate_per_address");
    public static readonly Setting<int> ConcurrentPerCredential = Count("limits.admission.concurrent_per_credential");
    public static readonly Setting<int> ConcurrentPerOrganization = Count("limits.admission.concurrent_per_organization");

    public static readonly Setting<double> SpansPerCredential = Rate("limits.admission.spans_per_credential");
    public static readonly Setting<double> SpansPerOrganization = Rate("limits.admission.spans_per_organization");

    /// <summary>A sealed payload of up to 8 MiB has to fit four times.</summary>
    public static readonly Setting<long> SegmentBytes = Bytes("ledger.segment_bytes", 32 * MiB, GiB, multipleOf: 512);
    public static readonly Setting<long> ReserveBytes = Bytes("ledger.reserve_bytes", 0, 256 * MiB);
    public static readonly Setting<TimeSpan> CheckpointInterval =
        Duration("ledger.checkpoint_interval", TimeSpan.FromMilliseconds(100), TimeSpan.FromHours(1));

    public static readonly Setting<TimeSpan> HeartbeatInterval = Duration("ledger.heartbeat_interval", TimeSpan.FromMinutes(1), TimeSpan.FromHours(24));
    public static readonly Setting<string> WitnessPolicy = new("ledger.witness_policy", "a file in the form of C2SP tlog-policy", SettingValues.Path);

    public static readonly Setting<Uri> OtlpEndpoint =
        new("telemetry.otlp_endpoint", "the whole URL such as https://collector.example:4318/v1/traces", SettingValues.CollectorUrl);

    public static readonly Setting<string> OtlpHeadersVariable =
        new("telemetry.otlp_headers_variable", "the name of an environment variable such as OTLP_HEADERS", SettingValues.VariableName);

    public static readonly Setting<long> ScrubBytesPerSecond = Bytes("ledger.scrub_bytes_per_second", 64 * KiB, GiB);
    public static readonly Setting<TimeSpan> ScrubInterval = Duration("ledger.scrub_interval", TimeSpan.FromMinutes(1), TimeSpan.FromHours(720));

    public static readonly Setting<ArchiveAddress> ArchiveTarget = new("archive.target", "folder:/PATH or s3://BUCKET/PREFIX", SettingValues.Archive);
    public static readonly Setting<Uri> ArchiveS3Endpoint =
        new("archive.s3_endpoint", "the address of a service that speaks S3, https://HOST:PORT (http on this machine only)", SettingValues.S3Endpoint);

    public static readonly Setting<string> ArchiveS3Region = new("archive.s3_region", "a region such as eu-central-1", SettingValues.Region);
    public static readonly Setting<int> ArchiveRetainDays = new("archive.retain_days", "a whole number of days", text => SettingValues.Count(text, 1, 36_500));

    public static readonly IReadOnlyList<ISetting> All =
    [
        DataFolder, ConfigurationFolder, MasterKeyFile, Listen, PublicUrl, TlsCertificateFile, TlsKeyFile, TrustDomain, LogLevel, Floor, McpBodyBytes, UpstreamTimeout, RatePerCredential,
        RatePerOrganization, UnauthenticatedRatePerAddress, ConcurrentPerCredential, ConcurrentPerOrganization, SpansPerCredential, SpansPerOrganization, SegmentBytes,
        ReserveBytes, CheckpointInterval, HeartbeatInterval, WitnessPolicy, ScrubBytesPerSecond, ScrubInterval, ArchiveTarget, ArchiveS3Endpoint, ArchiveS3Region,
        ArchiveRetainDays,
        OtlpEndpoint, OtlpHeadersVariable,
    ];

    public static bool IsKey(string key) => All.Any(s => s.Key == key);

    public static bool IsSection(string key) => All.Any(s => s.Key.StartsWith(key + ".", StringComparison.Ordinal));

    /// <summary>The names that may stand directly inside a section; the root is the empty string.</summary>
    public static IEnumerable<string> NamesIn(string section)
    {
        var prefix = section.Length == 0 ? "" : section + ".";
        return All.Where(s => s.Key.StartsWith(prefix, StringComparison.Ordinal)).Select(s => s.Key[prefix.Length..].Split('.')[0]).Distinct();
    }

    private static Setting<long> Bytes(string key, long least, long most, int multipleOf = 1) =>
        new(key, "bytes such as 4194304, 512 KiB or 4 MiB", text => SettingValues.Bytes(text, least, most, multipleOf));

    private static Setting<TimeSpan> Duration(string key, TimeSpan least, TimeSpan most) =>
        new(key, "a duration such as 500ms, 60s, 5m or 1h", text => SettingValues.Duration(text, least, most));

    private static Setting<double> Rate(string key) =>
        new(key, "a rate such as 20/s, 600/m or 3600/h", SettingValues.Rate);

    private static Setting<int> Count(string key) =>
        new(key, "a whole number", text => SettingValues.Count(text, 1, 1_000_000));
}
