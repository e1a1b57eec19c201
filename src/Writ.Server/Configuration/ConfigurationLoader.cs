using System.Net;
using Writ.Server.Archiving;

namespace Writ.Server.Configuration;

/// <summary>
/// Loads the process settings: defaults, then <c>writ.yaml</c>, then <c>WRIT_*</c>, then flags, the later over the earlier. Unknown and
/// doubled keys, wrong types, wrong units and contradictions are errors; all of them are found, and with one nothing is loaded.
/// Reads files, changes nothing.
/// </summary>
public static class ConfigurationLoader
{
    /// <summary>The name of the file in the configuration folder.</summary>
    public const string FileName = "writ.yaml";

    /// <summary>The keys that a flag, a file or a <c>WRIT_*</c> variable may set, in the order of the documentation.</summary>
    public static IReadOnlyList<string> Keys { get; } = [.. Settings.All.Select(s => s.Key)];

    /// <summary>Loads everything, or says everything that is wrong.</summary>
    public static ConfigurationResult Load(ConfigurationSources sources)
    {
        var problems = new List<ConfigurationProblem>();
        var home = HomeFolders.Home(sources.Environment);
        var flags = ReadFlags(sources.Flags, home, problems);
        var variables = SettingVariables.Read(sources.Environment, home, problems).ToList();
        var file = FindFile(sources, [.. flags, .. variables], home);
        var texts = file is null ? [] : new SettingFile(file, home, problems).Read();
        var options = Build(new SettingReader([.. flags, .. variables, .. texts], problems), sources.Environment);
        return problems.Count == 0
            ? new ConfigurationResult.Loaded(options, file)
            : new ConfigurationResult.Refused([.. problems.OrderBy(p => p.Source == file ? 0 : 1).ThenBy(p => p.Line).ThenBy(p => p.Column)]);
    }

    private static List<SettingText> ReadFlags(IReadOnlyList<SettingFlag> flags, string? home, List<ConfigurationProblem> problems)
    {
        var texts = new List<SettingText>();
        foreach (var (flag, key, value) in flags)
        {
            if (!Settings.IsKey(key))
                problems.Add(new(ProblemCodes.UnknownKey, flag, UnknownKeys.Message(key)));
            else if (texts.Any(t => t.Key == key))
                problems.Add(new(ProblemCodes.DuplicateKey, flag, $"'{key}' is given twice on the command line; remove one"));
            else
                texts.Add(new(key, value, flag, Directory.GetCurrentDirectory(), home));
        }

        return texts;
    }

    private static string? FindFile(ConfigurationSources sources, IReadOnlyList<SettingText> given, string? home)
    {
        var named = sources.File ?? sources.Environment.GetValueOrDefault("WRIT_CONFIG");
        if (!string.IsNullOrEmpty(named))
            return Path.GetFullPath(named);
        var folder = new SettingReader(given, []).Value(Settings.ConfigurationFolder, HomeFolders.Configuration(sources.Environment) ?? "");
        return folder.Length > 0 && Path.Combine(folder, FileName) is var path && File.Exists(path) ? path : null;
    }

    private static ServerOptions Build(SettingReader reader, IReadOnlyDictionary<string, string> environment)
    {
        var configuration = Folder(reader, Settings.ConfigurationFolder, HomeFolders.Configuration(environment));
        var limits = new LimitSettings();
        var admission = limits.Admission;
        var ledger = new LedgerSettings();
        var archive = new ArchiveSettings();
        var segment = reader.Value(Settings.SegmentBytes, ledger.SegmentBytes);
        var options = new ServerOptions
        {
            DataFolder = Folder(reader, Settings.DataFolder, HomeFolders.Data(environment)),
            ConfigurationFolder = configuration,
            MasterKeyFile = reader.Value(Settings.MasterKeyFile, Path.Combine(configuration, "master.key")),
        };
        options = options with
        {
            Listen = reader.Value(Settings.Listen, options.Listen),
            PublicUrl = reader.Value(Settings.PublicUrl, options.PublicUrl!),
            Tls = new TlsSettings
            {
                CertificateFile = reader.Value(Settings.TlsCertificateFile, "") is { Length: > 0 } certificate ? certificate : null,
                KeyFile = reader.Value(Settings.TlsKeyFile, "") is { Length: > 0 } key ? key : null,
            },
            TrustDomain = reader.Value(Settings.TrustDomain, options.TrustDomain),
            LogLevel = reader.Value(Settings.LogLevel, options.LogLevel),
            Floor = reader.Value(Settings.Floor, options.Floor),
            Limits = new LimitSettings
            {
                McpBodyBytes = (int)reader.Value(Settings.McpBodyBytes, limits.McpBodyBytes),
                UpstreamTimeout = reader.Value(Settings.UpstreamTimeout, limits.UpstreamTimeout),
                Admission = new AdmissionSettings
                {
                    RatePerCredential = reader.Value(Settings.RatePerCredential, admission.RatePerCredential),
                    RatePerOrganization = reader.Value(Settings.RatePerOrganization, admission.RatePerOrganization),
                    UnauthenticatedRatePerAddress = reader.Value(Settings.UnauthenticatedRatePerAddress, admission.UnauthenticatedRatePerAddress),
                    ConcurrentPerCredential = reader.Value(Settings.ConcurrentPerCredential, admission.ConcurrentPerCredential),
                    ConcurrentPerOrganization = reader.Value(Settings.ConcurrentPerOrganization, admission.ConcurrentPerOrganization),
                    SpansPerCredential = reader.Value(Settings.SpansPerCredential, admission.SpansPerCredential),
                    SpansPerOrganization = reader.Value(Settings.SpansPerOrganization, admission.SpansPerOrganization),
                },
            },
            Ledger = new LedgerSettings
            {
                SegmentBytes = segment,
                ReserveBytes = reader.Value(Settings.ReserveBytes, Math.Min(ledger.ReserveBytes, segment / 4)),
                CheckpointInterval = reader.Value(Settings.CheckpointInterval, ledger.CheckpointInterval),
                HeartbeatInterval = reader.Value(Settings.HeartbeatInterval, ledger.HeartbeatInterval),
                WitnessPolicyFile = reader.Value(Settings.WitnessPolicy, "") is { Length: > 0 } policy ? policy : null,
                ScrubBytesPerSecond = reader.Value(Settings.ScrubBytesPerSecond, ledger.ScrubBytesPerSecond),
                ScrubInterval = reader.Value(Settings.ScrubInterval, ledger.ScrubInterval),
            },
            Archive = new ArchiveSettings
            {
                Target = reader.Value(Settings.ArchiveTarget, null!),
                S3Endpoint = reader.Value(Settings.ArchiveS3Endpoint, null!),
                S3Region = reader.Value(Settings.ArchiveS3Region, null!),
                RetainDays = reader.Value(Settings.ArchiveRetainDays, archive.RetainDays),
            },
        };
        options = options with
        {
            Telemetry = new TelemetrySettings
            {
                OtlpEndpoint = reader.Value(Settings.OtlpEndpoint, options.Telemetry.OtlpEndpoint!),
                OtlpHeadersVariable = reader.Value(Settings.OtlpHeadersVariable, "") is { Length: > 0 } variable ? variable : null,
            },
        };
        Compare(reader, options);
        return options;
    }

    private static string Folder(SettingReader reader, Setting<string> setting, string? home)
    {
        if (home is null && reader.Origin(setting) is null)
            reader.Refuse(ProblemCodes.NoHome, setting, $"there is no default, because HOME is not set: give {setting.Key}");
        return reader.Value(setting, home ?? "");
    }

    /// <summary>What can only be seen when the values stand side by side.</summary>
    private static void Compare(SettingReader reader, ServerOptions options)
    {
        if ((options.Tls.CertificateFile is null || options.Tls.KeyFile is null) && !IPAddress.IsLoopback(options.Listen.Address))
        {
            reader.Refuse(ProblemCodes.ListensBeyondLoopback, Settings.Listen,
                $"listen cannot be {options.Listen}: without TLS, tokens and calls would cross the network in clear; give tls.certificate_file and tls.key_file, or use 127.0.0.1 and a TLS proxy in front");
        }

        if (options.Ledger.ReserveBytes > options.Ledger.SegmentBytes / 4)
            reader.Refuse(ProblemCodes.OutOfBounds, Settings.ReserveBytes, "ledger.reserve_bytes is more than a quarter of ledger.segment_bytes");
        foreach (var setting in new ISetting[] { Settings.ArchiveS3Endpoint, Settings.ArchiveS3Region })
        {
            if (reader.Origin(setting) is not null && options.Archive.Target is not ArchiveAddress.S3 && reader.Origin(Settings.ArchiveTarget) is not null)
                reader.Refuse(ProblemCodes.OutOfBounds, setting, $"{setting.Key} says nothing about {options.Archive.Target}: it is for s3://");
        }

        if (options.DataFolder.Length == 0 || options.ConfigurationFolder.Length == 0)
            return;
        if (options.Archive.Target is ArchiveAddress.Folder { FullPath: var kept })
        {
            var own = new[] { options.DataFolder, options.ConfigurationFolder }.FirstOrDefault(own => FolderRules.IsInside(kept, own) || FolderRules.IsInside(own, kept));
            if (own is not null)
                reader.Refuse(ProblemCodes.FoldersOverlap, Settings.ArchiveTarget, $"archive.target ({kept}) and {own} lie in each other; an archive lies apart from what it is a copy of, and from every key");
        }

        if (FolderRules.IsInside(options.DataFolder, options.ConfigurationFolder))
            reader.Refuse(ProblemCodes.FoldersOverlap, Settings.DataFolder, $"data_folder ({options.DataFolder}) lies in configuration_folder ({options.ConfigurationFolder}); {Apart}");
        else if (FolderRules.IsInside(options.ConfigurationFolder, options.DataFolder))
            reader.Refuse(ProblemCodes.FoldersOverlap, Settings.ConfigurationFolder, $"configuration_folder ({options.ConfigurationFolder}) lies in data_folder ({options.DataFolder}); {Apart}");
        else if (FolderRules.IsInside(options.MasterKeyFile, options.DataFolder))
            reader.Refuse(ProblemCodes.FoldersOverlap, Settings.MasterKeyFile, $"master_key_file ({options.MasterKeyFile}) lies in data_folder ({options.DataFolder}); {Apart}");
    }

    private const string Apart = "keep them apart, so that a copied or rolled back data folder shows itself";
}
