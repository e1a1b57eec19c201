using Microsoft.Extensions.Logging;
using Writ.Server.Archiving;
using Writ.Server.Configuration;
using Writ.Testing;

namespace Writ.Server.Tests.Configuration;

public sealed class SettingTests : IDisposable
{
    private const string Everything = """
        # what a full file looks like
        data_folder: /srv/writ/data
        configuration_folder: /etc/writ
        master_key_file: /run/secrets/writ-master
        listen: "[::1]:8080"
        tls:
          certificate_file: /etc/writ/server.pem
          key_file: /etc/writ/server.key
        public_url: https://writ.example
        trust_domain: acme.example
        log_level: warning
        floor: false
        limits:
          mcp_body_bytes: 512 KiB
          upstream_timeout: 5m
          admission:
            rate_per_credential: 10/s
            rate_per_organization: 6000/m
            unauthenticated_rate_per_address: 3600/h
            concurrent_per_credential: 7
            concurrent_per_organization: 70
            spans_per_credential: 5/s
            spans_per_organization: 50/s
        ledger:
          segment_bytes: 32 MiB
          reserve_bytes: 65536
          checkpoint_interval: 250ms
          heartbeat_interval: 10m
          witness_policy: /etc/writ/witnesses.policy
          scrub_bytes_per_second: 1 MiB
          scrub_interval: 12h
        archive:
          target: s3://writ-evidence/production
          s3_endpoint: https://s3.acme.example:9000
          s3_region: eu-central-1
          retain_days: 400
        telemetry:
          otlp_endpoint: https://collector.example:4318/v1/traces
          otlp_headers_variable: OTLP_HEADERS
        """;

    /// <summary>Key, three values in the file's notation (file, environment, flag), and how the setting shows.</summary>
    public static readonly TheoryData<string, string, string, string> Keys = new()
    {
        { "data_folder", "/a", "/b", "/c" },
        { "configuration_folder", "/a", "/b", "/c" },
        { "master_key_file", "/a", "/b", "/c" },
        { "listen", "127.0.0.1:1", "127.0.0.1:2", "127.0.0.1:3" },
        { "public_url", "https://a.example", "https://b.example", "https://c.example" },
        { "trust_domain", "a.example", "b.example", "c.example" },
        { "tls.certificate_file", "/a", "/b", "/c" },
        { "tls.key_file", "/a", "/b", "/c" },
        { "log_level", "debug", "warning", "error" },
        { "floor", "false", "true", "false" },
        { "limits.mcp_body_bytes", "1024", "2048", "4096" },
        { "limits.upstream_timeout", "1s", "2s", "3s" },
        { "limits.admission.rate_per_credential", "1/s", "2/s", "3/s" },
        { "limits.admission.rate_per_organization", "1/s", "2/s", "3/s" },
        { "limits.admission.unauthenticated_rate_per_address", "1/s", "2/s", "3/s" },
        { "limits.admission.concurrent_per_credential", "1", "2", "3" },
        { "limits.admission.concurrent_per_organization", "1", "2", "3" },
        { "limits.admission.spans_per_credential", "1/s", "2/s", "3/s" },
        { "limits.admission.spans_per_organization", "1/s", "2/s", "3/s" },
        { "ledger.segment_bytes", "32 MiB", "33 MiB", "34 MiB" },
        { "ledger.reserve_bytes", "1", "2", "3" },
        { "ledger.checkpoint_interval", "4s", "2s", "3s" },
        { "ledger.heartbeat_interval", "5m", "2m", "3m" },
        { "ledger.witness_policy", "/a", "/b", "/c" },
        { "ledger.scrub_bytes_per_second", "1 MiB", "2 MiB", "3 MiB" },
        { "ledger.scrub_interval", "1h", "2h", "3h" },
        { "archive.target", "folder:/a", "s3://bucket", "s3://bucket/b/c" },
        { "archive.s3_endpoint", "http://127.0.0.1:1", "https://a.example", "https://b.example:1" },
        { "archive.s3_region", "aa", "bb", "cc" },
        { "archive.retain_days", "1", "2", "3" },
        { "telemetry.otlp_endpoint", "https://a.example/", "http://127.0.0.1:4318/v1/traces", "http://localhost/x" },
        { "telemetry.otlp_headers_variable", "A", "B", "C" },
    };

    private readonly Installation _here = new();

    public void Dispose() => _here.Dispose();

    [Fact]
    public void Without_any_source_the_defaults_are_those_of_a_persons_own_folders()
    {
        var options = _here.Options();
        Assert.Equal(Path.Combine(_here.Home, ".local/share/writ"), options.DataFolder);
        Assert.Equal(Path.Combine(_here.Home, ".config/writ"), options.ConfigurationFolder);
        Assert.Equal(Path.Combine(_here.Home, ".config/writ/master.key"), options.MasterKeyFile);
        Assert.Equal("127.0.0.1:7070", options.Listen.ToString());
        Assert.Equal(4 * 1024 * 1024, options.Limits.McpBodyBytes);
        Assert.Equal(TimeSpan.FromSeconds(60), options.Limits.UpstreamTimeout);
        Assert.Equal(ServerOptions.In(options.DataFolder, options.ConfigurationFolder), options);
    }

    [Fact]
    public void Xdg_folders_are_used_where_they_are_absolute()
    {
        var options = _here.Set("XDG_DATA_HOME", "/data").Set("XDG_CONFIG_HOME", "relative").Options();
        Assert.Equal("/data/writ", options.DataFolder);
        Assert.Equal(Path.Combine(_here.Home, ".config/writ"), options.ConfigurationFolder);
    }

    [Fact]
    public void Every_key_of_a_full_file_is_read()
    {
        var options = _here.Write(Everything).Options();
        Assert.Equal("/srv/writ/data", options.DataFolder);
        Assert.Equal("/etc/writ", options.ConfigurationFolder);
        Assert.Equal("/run/secrets/writ-master", options.MasterKeyFile);
        Assert.Equal("[::1]:8080", options.Listen.ToString());
        Assert.Equal(new TlsSettings { CertificateFile = "/etc/writ/server.pem", KeyFile = "/etc/writ/server.key" }, options.Tls);
        Assert.Equal(new Uri("https://writ.example"), options.PublicUrl);
        Assert.Equal("acme.example", options.TrustDomain);
        Assert.Equal(LogLevel.Warning, options.LogLevel);
        Assert.False(options.Floor);
        Assert.Equal(512 * 1024, options.Limits.McpBodyBytes);
        Assert.Equal(TimeSpan.FromMinutes(5), options.Limits.UpstreamTimeout);
        Assert.Equal(
            new AdmissionSettings
            {
                RatePerCredential = 10, RatePerOrganization = 100, UnauthenticatedRatePerAddress = 1,
                ConcurrentPerCredential = 7, ConcurrentPerOrganization = 70, SpansPerCredential = 5, SpansPerOrganization = 50,
            },
            options.Limits.Admission);
        Assert.Equal(
            new LedgerSettings { SegmentBytes = 32 << 20, ReserveBytes = 65536, CheckpointInterval = TimeSpan.FromMilliseconds(250), HeartbeatInterval = TimeSpan.FromMinutes(10), WitnessPolicyFile = "/etc/writ/witnesses.policy", ScrubBytesPerSecond = 1 << 20, ScrubInterval = TimeSpan.FromHours(12) },
            options.Ledger);
        Assert.Equal(
            new ArchiveSettings
            {
                Target = new ArchiveAddress.S3("writ-evidence", "production"), S3Endpoint = new Uri("https://s3.acme.example:9000"), S3Region = "eu-central-1", RetainDays = 400,
            },
            options.Archive);
        Assert.Equal(new TelemetrySettings { OtlpEndpoint = new Uri("https://collector.example:4318/v1/traces"), OtlpHeadersVariable = "OTLP_HEADERS" }, options.Telemetry);
    }

    [Theory]
    [InlineData("telemetry.otlp_endpoint", "collector:4318", "WRIT9006")]
    [InlineData("telemetry.otlp_endpoint", "grpc://collector/", "WRIT9006")]
    [InlineData("telemetry.otlp_endpoint", "http://collector.example/v1/traces", "WRIT9007")]
    [InlineData("telemetry.otlp_endpoint", "https://user:secret@collector.example/", "WRIT9007")]
    [InlineData("telemetry.otlp_endpoint", "https://collector.example/?key=secret", "WRIT9007")]
    [InlineData("telemetry.otlp_headers_variable", "authorization=Bearer x", "WRIT9006")]
    public void A_place_for_spans_is_no_other_machine_in_clear_and_holds_no_secret(string key, string value, string code) =>
        Assert.Equal(code, _here.Problem(new SettingFlag("--set", key, value)).Code);

    [Fact]
    public void What_the_page_about_archives_shows_is_read_and_is_the_default_where_it_says_so()
    {
        var yaml = string.Concat(File.ReadAllText(Repository.PathOf("docs", "archive.md")).Split("```yaml\n").Skip(1).Select(part => part.Split("```")[0]));
        var options = _here.Write(yaml).Options();
        Assert.Equal("folder:/mnt/archive", options.Archive.Target!.ToString());
        Assert.Equal(new LedgerSettings(), options.Ledger);
        Assert.Equal(new ArchiveSettings(), options.Archive with { Target = null });
        Assert.Equal("eu-central-1", _here.Write(yaml.Replace("  # s3", "  s3", StringComparison.Ordinal).Replace("folder:/mnt/archive ", "s3://acme-evidence/writ ", StringComparison.Ordinal)).Options().Archive.S3Region);
    }

    [Fact]
    public void The_table_of_keys_in_this_test_is_complete() =>
        Assert.Equal(ConfigurationLoader.Keys.Order(), Keys.Select(row => row.Data.Item1).Order());

    [Theory, MemberData(nameof(Keys))]
    public void A_flag_wins_over_the_environment_and_the_environment_over_the_file(string key, string file, string variable, string flag)
    {
        var name = "WRIT_" + key.Replace('.', '_').ToUpperInvariant();
        var flags = new SettingFlag("--set", key, flag);
        var defaults = _here.Options();

        _here.Write(Yaml(key, file));
        var fromFile = _here.Options();
        _here.Set(name, variable);
        var fromEnvironment = _here.Options();
        var fromFlag = _here.Options(flags);
        var flagAlone = _here.Set(name, null).Write("").Options(flags);

        Assert.NotEqual(defaults, fromFile);
        Assert.NotEqual(fromFile, fromEnvironment);
        Assert.NotEqual(fromEnvironment, fromFlag);
        Assert.Equal(flagAlone, fromFlag);
    }

    [Fact]
    public void A_value_that_is_overridden_is_still_checked()
    {
        var problem = _here.Write("listen: nowhere").Problem(new SettingFlag("--listen", "listen", "127.0.0.1:1"));
        Assert.Equal(("WRIT9006", 1, 9), (problem.Code, problem.Line, problem.Column));
    }

    [Fact]
    public void A_relative_path_in_a_file_starts_at_the_file_and_a_tilde_is_home()
    {
        var options = _here.Write("data_folder: ../data\nmaster_key_file: ~/master").Options();
        Assert.Equal(Path.Combine(_here.Home, ".config/data"), options.DataFolder);
        Assert.Equal(Path.Combine(_here.Home, "master"), options.MasterKeyFile);
    }

    [Fact]
    public void The_file_is_found_by_flag_then_variable_then_in_the_configuration_folder_and_never_in_the_working_folder()
    {
        var (byFlag, byVariable, other) = (Path.Combine(_here.Home, "a.yaml"), Path.Combine(_here.Home, "b.yaml"), Path.Combine(_here.Home, "other"));
        _here.Write("trust_domain: flag", byFlag).Write("trust_domain: variable", byVariable).Write("trust_domain: home")
            .Write("trust_domain: folder", Path.Combine(other, "writ.yaml"));

        Assert.Equal("home", _here.Options().TrustDomain);
        Assert.Equal("folder", _here.Options(new SettingFlag("--configuration", "configuration_folder", other)).TrustDomain);
        _here.Set("WRIT_CONFIG", byVariable);
        Assert.Equal("variable", _here.Options().TrustDomain);
        var loaded = Assert.IsType<ConfigurationResult.Loaded>(_here.Load(byFlag));
        Assert.Equal(("flag", byFlag), (loaded.Options.TrustDomain, loaded.File));
    }

    private static string Yaml(string key, string value)
    {
        var parts = key.Split('.');
        return string.Concat(parts.Select((part, depth) => $"{new string(' ', 2 * depth)}{part}:{(depth < parts.Length - 1 ? "\n" : "")}")) + $" {value}\n";
    }
}
