using System.CommandLine;
using Writ.Cli.Terminal;
using Writ.Crypto.Signing;
using Writ.Ledger;
using Writ.Ledger.Rotation;
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

    private readonly Option<string?> _history = new("--key-history")
    {
        Description = "The keys that signed before and after the one that is known. Default: signing.keys in the configuration folder.", HelpName = "FILE",
    };

    private readonly Option<string?> _policy = new("--policy")
    {
        Description = "A C2SP tlog-policy file: which logs count, and which witnesses have to have cosigned.", HelpName = "FILE",
    };

    public void AddTo(Command command)
    {
        command.Add(_key);
        command.Add(_history);
        command.Add(_policy);
    }

    /// <summary>True when a policy was given.</summary>
    public bool HasPolicy(ParseResult parse) => parse.GetValue(_policy) is not null;

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

    /// <summary>The key with those before and after it, as far as a history is at hand; empty without a trouble where there is no key.</summary>
    public IReadOnlyList<Ed25519PublicKey> Keys(ParseResult parse, IReadOnlyDictionary<string, string> environment, out Trouble? trouble)
    {
        if (Key(parse, environment, out trouble) is not { } key)
            return [];
        var own = ConfigurationFolder(environment) is { } folder ? Path.Combine(folder, "signing.keys") : null;
        var file = parse.GetValue(_history) ?? (File.Exists(own) ? own : null);
        if (file is null || BytesFile.Read(file, KeyHistory.MaxLength, out trouble) is not { } bytes)
            return trouble is null ? [key] : [];
        var followed = Follow(key, bytes, out var fault);
        if (fault is not null && parse.GetValue(_history) is not null)
            trouble = LedgerTroubles.Of(fault) with { Message = $"{file}: {fault.Detail}" };
        return followed;
    }

    /// <summary>The keys of a history that has the key in it; the key alone, and why, where it has not.</summary>
    public static IReadOnlyList<Ed25519PublicKey> Follow(Ed25519PublicKey key, ReadOnlySpan<byte> history, out LedgerFault? fault)
    {
        if (!KeyHistory.TryParse(history, out var row, out fault))
            return [key];
        if (row.Keys.Contains(key))
            return row.Keys;
        fault = new LedgerFault(LedgerFaultKind.KeyHistoryInvalid, "the key that is known is not in the history");
        return [key];
    }

    /// <summary>What is accepted of a log that others keep; a trouble where nothing says so.</summary>
    public TrustPolicy? Policy(ParseResult parse, IReadOnlyDictionary<string, string> environment, out Trouble? trouble)
    {
        if (parse.GetValue(_policy) is { } file)
        {
            if (ReadPolicy(file, out trouble) is not { } policy)
                return null;
            if (!policy.NamesNoLog)
                return policy;
            if (Key(parse, environment, out trouble) is { } its)
                return policy.WithKey(its);
            trouble ??= new Trouble(ExitCode.BadInput, $"{file} names no log") { Advice = "Write a log line into it, or give --key." };
            return null;
        }

        if (Keys(parse, environment, out trouble) is { Count: > 0 } keys && trouble is null)
            return TrustPolicy.ForKeys(keys);
        trouble ??= new Trouble(ExitCode.BadInput, "nothing says whose signature counts")
        {
            Advice = "Give --key, the public key of the installation, or --policy, from elsewhere than what is checked.",
        };
        return null;
    }

    private static TrustPolicy? ReadPolicy(string file, out Trouble? trouble)
    {
        if (BytesFile.Read(file, TrustPolicy.MaxFileLength, out trouble) is not { } bytes)
            return null;
        if (TrustPolicy.TryParse(bytes, out var policy, out var problems))
            return policy;
        trouble = new Trouble(ExitCode.BadInput, $"{file} is no policy")
        {
            Spots = [.. problems.Select(p => new TroubleSpot(file, p.Line, 1, p.Message, null))],
            Advice = "docs/log.md shows one; the form is that of c2sp.org/tlog-policy.",
        };
        return null;
    }
}
