using System.CommandLine;
using Writ.Cli.Terminal;
using Writ.Server.Configuration;

namespace Writ.Cli.Api;

/// <summary>
/// Which server, and with what token. A token is taken from a file or the environment, never from the command line, where every
/// process of the machine could read it.
/// </summary>
internal sealed class ConnectionFlags
{
    private const string DefaultServer = "http://127.0.0.1:7070";
    private const int MaxTokenFileBytes = 4096;

    private delegate Trouble? TokenFinder(Uri server, out ApiToken? token);

    private readonly Option<string?> _server = new("--server")
    {
        Description = $"The server's address. Default: WRIT_URL, or where you are logged in, or {DefaultServer}.",
        HelpName = "URL",
    };

    private readonly Option<string?> _tokenFile = new("--token-file")
    {
        Description = "The file with your token. Default: WRIT_TOKEN, WRIT_TOKEN_FILE, or login.token (see `writ login`), else administrator.token, in the configuration folder.",
        HelpName = "FILE",
    };

    public void AddTo(Command command)
    {
        command.Add(_server);
        command.Add(_tokenFile);
    }

    /// <summary>For a command whose argument says which server.</summary>
    public void AddTokenTo(Command command) => command.Add(_tokenFile);

    public ConnectionOpening Open(ParseResult parse, IReadOnlyDictionary<string, string> environment) =>
        OpenServer(parse, environment, (Uri server, out ApiToken? token) => FindToken(parse, environment, server, out token));

    private ConnectionOpening OpenServer(ParseResult parse, IReadOnlyDictionary<string, string> environment, TokenFinder find)
    {
        var (address, source) = parse.GetValue(_server) is { } flag ? (flag, "--server")
            : environment.GetValueOrDefault("WRIT_URL") is { Length: > 0 } variable ? (variable, "WRIT_URL")
            : LoginFile.ServerIn(environment) is { } known ? (known.ToString(), "writ login")
            : (DefaultServer, "default");
        return OpenAt(address, source, find);
    }

    /// <summary>For a command that is given the token otherwise.</summary>
    public void AddServerTo(Command command) => command.Add(_server);

    /// <summary>The connection with a token that was read from standard input.</summary>
    public ConnectionOpening OpenWith(string token, ParseResult parse, IReadOnlyDictionary<string, string> environment) =>
        Accept(token, "standard input", out _) is { } trouble
            ? new ConnectionOpening.Refused(trouble)
            : OpenServer(parse, environment, (Uri _, out ApiToken? given) => Accept(token, "standard input", out given));

    public ConnectionOpening OpenAt(string address, ParseResult parse, IReadOnlyDictionary<string, string> environment) =>
        OpenAt(address, "the address", (Uri server, out ApiToken? token) => FindToken(parse, environment, server, out token));

    private static ConnectionOpening OpenAt(string address, string source, TokenFinder find)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var server) || server.Scheme is not ("http" or "https")
            || server.UserInfo.Length > 0 || server.Query.Length > 0 || server.Fragment.Length > 0 || server.AbsolutePath != "/")
            return Refuse($"{source}: '{address}' is not a server's address", $"Write it like {DefaultServer} or https://writ.example.");
        if (server.Scheme == "http" && !server.IsLoopback)
            return Refuse($"{source}: '{address}' would carry your token over the network in clear", "Use https, or a tunnel to 127.0.0.1.");
        return find(server, out var token) is { } trouble
            ? new ConnectionOpening.Refused(trouble)
            : new ConnectionOpening.Opened(new ApiClient(server, token!));
    }

    private Trouble? FindToken(ParseResult parse, IReadOnlyDictionary<string, string> environment, Uri server, out ApiToken? token)
    {
        token = null;
        if (parse.GetValue(_tokenFile) is { } flag)
            return ReadToken(flag, "--token-file", out token);
        if (environment.GetValueOrDefault("WRIT_TOKEN") is { Length: > 0 } value)
            return Accept(value, "WRIT_TOKEN", out token);
        if (environment.GetValueOrDefault("WRIT_TOKEN_FILE") is { Length: > 0 } named)
            return ReadToken(named, "WRIT_TOKEN_FILE", out token);
        if (LoginFile.PathIn(environment) is { } login && File.Exists(login))
        {
            // A token goes to the server that it is of, and to no other.
            return LoginFile.ServerIn(environment) is { } own && own != server
                ? new Trouble(ExitCode.BadInput, $"you are logged in at {own}, and this is {server}") { Advice = "Log in there (`writ login`), or name the token with --token-file." }
                : ReadText(login, "writ login", out var kept) ?? Accept(kept.Split('\n')[0], login, out token);
        }

        var folder = environment.GetValueOrDefault("WRIT_CONFIGURATION_FOLDER") is { Length: > 0 } configured
            ? configured
            : HomeFolders.Configuration(environment);
        return folder is null
            ? new Trouble(ExitCode.BadInput, "there is no token: HOME is not set") { Advice = "Give --token-file or WRIT_TOKEN_FILE." }
            : ReadToken(Path.Combine(folder, "administrator.token"), "default", out token);
    }

    private static Trouble? ReadToken(string path, string source, out ApiToken? token)
    {
        token = null;
        return ReadText(path, source, out var text) ?? Accept(text, path, out token);
    }

    private static Trouble? ReadText(string path, string source, out string text)
    {
        text = "";
        try
        {
            using var file = File.OpenRead(path);
            var bytes = new byte[MaxTokenFileBytes];
            var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            text = System.Text.Encoding.ASCII.GetString(bytes, 0, length);
            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            var why = failure is FileNotFoundException or DirectoryNotFoundException ? "there is no such file" : failure.Message;
            return new Trouble(ExitCode.BadInput, $"no token: {path} ({source}): {why}")
            {
                Advice = "`writ serve` writes administrator.token into its configuration folder at the first start; name it with --token-file or WRIT_TOKEN_FILE.",
            };
        }
    }

    private static Trouble? Accept(string text, string source, out ApiToken? token)
    {
        token = ApiToken.IsWellFormed(text.Trim()) ? new ApiToken(text.Trim(), source) : null;
        return token is null ? new Trouble(ExitCode.BadInput, $"{source} does not hold a token") { Advice = "A token is one line such as wpt_…" } : null;
    }

    private static ConnectionOpening.Refused Refuse(string message, string advice) =>
        new(new Trouble(ExitCode.BadInput, message) { Advice = advice });
}
