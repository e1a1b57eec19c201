using System.CommandLine;
using Writ.Cli.Terminal;
using Writ.Crypto.Signing;
using Writ.Ledger.Trust;
using Writ.Server.Configuration;

namespace Writ.Cli.Ledgers;

/// <summary>Whose signatures count: a key, by default that of this machine's own installation.</summary>
internal sealed class TrustFlags
{
    private readonly Option<string?> _key = new("--key")
    {
        Description = "The public key of the installation: the key itself, or a file with it. Default: signing.key in the configuration folder.", HelpName = "FILE|VKEY",
    };

    public void AddTo(Command command) => command.Add(_key);

    /// <summary>The folder with this machine's installation's keys; null where there is no home.</summary>
    public static string? ConfigurationFolder(IReadOnlyDictionary<string, string> environment) =>
        environment.GetValueOrDefault("WRIT_CONFIGURATION_FOLDER") is { Length: > 0 } configured ? configured : HomeFolders.Configuration(environment);

    /// <summary>The key that was given or is at hand; null without a trouble where there is none.</summary>
    public Ed25519PublicKey? Key(ParseResult parse, IReadOnlyDictionary<string, string> environment, out Trouble? trouble)
    {
        trouble = null;
        var own = ConfigurationFolder(environment) is { } folder ? Path.Combine(folder, "signing.key") : null;
        var text = parse.GetValue(_key) ?? (File.Exists(own) ? own : null);
        return text is null ? null : VerifierKeys.Read(text, out trouble);
    }

    /// <summary>The key that was given on the command line; null without a trouble where none was.</summary>
    public Ed25519PublicKey? GivenKey(ParseResult parse, out Trouble? trouble)
    {
        trouble = null;
        return parse.GetValue(_key) is { } text ? VerifierKeys.Read(text, out trouble) : null;
    }

    /// <summary>What is accepted of a log that others keep; a trouble where nothing says so.</summary>
    public TrustPolicy? Policy(ParseResult parse, IReadOnlyDictionary<string, string> environment, out Trouble? trouble)
    {
        if (Key(parse, environment, out trouble) is { } key)
            return TrustPolicy.ForKey(key);
        trouble ??= new Trouble(ExitCode.BadInput, "nothing says whose signature counts")
        {
            Advice = "Give --key: the public key of the installation, from elsewhere than what is checked.",
        };
        return null;
    }
}
