using System.CommandLine;
using Writ.Cli.Terminal;
using Writ.Server.Configuration;

namespace Writ.Cli.Serving;

/// <summary>The settings as flags: the common ones by name, all of them by <c>--set KEY=VALUE</c>.</summary>
internal sealed class SettingFlags
{
    private readonly Option<string?> _file = new("--config")
    {
        Description = $"The configuration file. Default: WRIT_CONFIG, or {ConfigurationLoader.FileName} in the configuration folder if it is there.", HelpName = "FILE",
    };

    private readonly (Option<string?> Option, string Key)[] _named =
    [
        (Text("--data", "FOLDER", "Where the ledger lies. Default: ~/.local/share/writ."), "data_folder"),
        (Text("--configuration", "FOLDER", "Where keys, checkpoints and the administrator's token lie, apart from the data. Default: ~/.config/writ."), "configuration_folder"),
        (Text("--listen", "ADDRESS:PORT", "Where to listen; port 0 takes a free one. Default: 127.0.0.1:7070."), "listen"),
        (Text("--master-key-file", "FILE", "The key that seals payloads. Default: master.key in the configuration folder."), "master_key_file"),
        (Text("--trust-domain", "DOMAIN", "The trust domain of agents' ids. Default: writ.local."), "trust_domain"),
        (Text("--log-level", "LEVEL", "debug, information, warning or error. Default: information."), "log_level"),
    ];

    private readonly Option<string[]> _set = new("--set")
    {
        Description = $"Any setting, as in the file; repeat for more. Keys: {string.Join(", ", ConfigurationLoader.Keys)}.", HelpName = "KEY=VALUE",
    };

    public void AddTo(Command command)
    {
        command.Add(_file);
        foreach (var (option, _) in _named)
            command.Add(option);
        command.Add(_set);
    }

    /// <summary>The settings, or everything that is wrong with them.</summary>
    public ServerOptions? Load(ParseResult parse, IReadOnlyDictionary<string, string> environment, out Trouble? trouble)
    {
        var flags = _named.Where(n => parse.GetValue(n.Option) is not null).Select(n => new SettingFlag(n.Option.Name, n.Key, parse.GetValue(n.Option)!))
            .Concat((parse.GetValue(_set) ?? []).Select(Split));
        var sources = new ConfigurationSources { File = parse.GetValue(_file), Flags = [.. flags], Environment = environment };
        switch (ConfigurationLoader.Load(sources))
        {
            case ConfigurationResult.Loaded loaded:
                trouble = null;
                return loaded.Options;
            case ConfigurationResult.Refused { Problems: var problems }:
                trouble = new Trouble(ExitCode.BadInput, problems.Count == 1 ? "the configuration has a problem" : $"the configuration has {problems.Count} problems")
                {
                    Spots = [.. problems.Select(p => new TroubleSpot(p.Source, p.Line ?? 0, p.Column ?? 0, p.Message, p.Code))],
                };
                return null;
            default:
                throw new InvalidOperationException();
        }
    }

    private static SettingFlag Split(string pair) =>
        pair.IndexOf('=', StringComparison.Ordinal) is var at and > 0 ? new SettingFlag($"--set {pair[..at]}", pair[..at], pair[(at + 1)..]) : new SettingFlag("--set", pair, "");

    private static Option<string?> Text(string name, string value, string description) => new(name) { Description = description, HelpName = value };
}
