using System.Text.RegularExpressions;
using Writ.Governance.Agents;

namespace Writ.Cli.Discovery;

/// <summary>
/// What may be shown of a configuration. Values of variables and headers never are; of arguments and addresses what cannot be a secret, and of
/// everything else that it is there. It rather hides a path than shows a key.
/// </summary>
internal static partial class Shown
{
    private const int MaxName = 128;

    /// <summary>A name, made inert and cut; what looks like a key is not shown as a name either.</summary>
    public static string Name(string text) => LooksSecret(text) ? "(hidden)" : AgentLabel.Inert(text, MaxName) ?? "(unnamed)";

    /// <summary>A path: each of its parts as a name.</summary>
    public static string Path(string path) => string.Join('/', path.Split('/').Select(Name));

    /// <summary>The version that is asked for, where it is one and not, say, an address.</summary>
    public static string? Version(string? version) => version is not null && PlainVersion().IsMatch(version) && !LooksSecret(version) ? version.Trim() : null;

    /// <summary>Names alone, in their order.</summary>
    public static IReadOnlyList<string> Names(IEnumerable<string> names) => [.. names.Take(50).Select(Name)];

    /// <summary>The program, without the folders it lies in.</summary>
    public static string? Command(string? command)
    {
        if (command is null)
            return null;
        // What is no plain path is no program's, and its end may be the end of something else.
        return PlainCommand().IsMatch(command) && command.Split('/', '\\') is var parts && !parts.Any(LooksSecret) && parts[^1].Length > 0 ? Name(parts[^1]) : "(hidden)";
    }

    /// <summary>Scheme, host and port of an address; what else it has counts as hidden.</summary>
    public static (string Target, bool Hidden) Address(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" or "ws" or "wss" && uri.HostNameType != UriHostNameType.Unknown && !uri.Host.Split('.').Any(LooksSecret)
            ? ($"{uri.Scheme}://{(uri.HostNameType == UriHostNameType.IPv6 ? $"[{uri.Host.Trim('[', ']')}]" : uri.Host)}{(uri.IsDefaultPort ? "" : $":{uri.Port}")}", uri.PathAndQuery.Length > 1 || uri.UserInfo.Length > 0 || uri.Fragment.Length > 0)
            : ("(hidden)", true);

    /// <summary>The arguments that may be shown, and how many may not: names of options, and the first that names a package, an image or a script.</summary>
    /// <param name="command">The program that takes them: of one that runs images, <c>name:tag</c> is an image; of another it could be a user and a password.</param>
    /// <param name="arguments">The arguments.</param>
    public static (IReadOnlyList<string> Shown, int Hidden) Arguments(string? command, IReadOnlyList<string> arguments)
    {
        var (shown, hidden, hasTarget, follows) = (new List<string>(), 0, false, false);
        var target = RunsImages(command) ? Image() : Package();
        foreach (var argument in arguments.Take(100))
        {
            if (Option().IsMatch(argument))
            {
                shown.Add(argument);
                // What follows the name of an option is its value, but for the few that take none and stand before a package.
                follows = argument is not ("-y" or "--yes" or "-i" or "--rm" or "-it" or "-q" or "--quiet" or "-m" or "--from" or "-c" or "/c");
                continue;
            }

            if (argument.StartsWith('-'))
            {
                // A short option with its value attached, or anything else: what follows it could be its value too.
                hidden++;
                follows = !argument.Contains('=', StringComparison.Ordinal);
                continue;
            }

            if (!follows && !hasTarget && target.IsMatch(argument) && !LooksSecret(argument))
            {
                shown.Add(argument);
                hasTarget = argument is not ("run" or "dlx" or "exec" or "tool" or "x" or "npx" or "uvx");
            }
            else
                hidden++;
            follows = false;
        }

        return (shown, hidden + Math.Max(0, arguments.Count - 100));
    }

    /// <summary>Whether a text could be a key, a token or a password: it rather says so of a name than not of a key.</summary>
    public static bool LooksSecret(string text) => KnownKey().IsMatch(text) || Grouped().IsMatch(text) || Runs().Matches(text).Any(run => IsRandom(run.Value));

    private static bool RunsImages(string? command) =>
        command?.Split('/', '\\')[^1] is { } program && (program.EndsWith(".exe", StringComparison.OrdinalIgnoreCase) ? program[..^4] : program).ToLowerInvariant() is "docker" or "podman" or "nerdctl";

    /// <summary>Long, and neither words nor a version: letters of both cases or letters among digits.</summary>
    private static bool IsRandom(string run)
    {
        var (digits, upper, lower) = (run.Count(char.IsAsciiDigit), run.Count(char.IsAsciiLetterUpper), run.Count(char.IsAsciiLetterLower));
        return (digits >= 3 && upper + lower >= 3 && run.Length >= 16) || (digits > 0 && upper > 1 && lower > 1 && run.Length >= 14) || run.Length >= 48 || digits >= 12;
    }

    [GeneratedRegex(@"^([A-Za-z]:)?[A-Za-z0-9._+~/\\-]{1,256}$")]
    private static partial Regex PlainCommand();

    [GeneratedRegex(@"^[\^~<>=!v ]{0,6}[0-9*][0-9A-Za-z.*+~^<>=!, _-]{0,40}$")]
    private static partial Regex PlainVersion();

    [GeneratedRegex(@"^(--[A-Za-z][A-Za-z-]{0,32}|-[A-Za-z]|-it)\z")]
    private static partial Regex Option();

    [GeneratedRegex(@"^(@[A-Za-z0-9._-]{1,40}/)?[A-Za-z0-9][A-Za-z0-9._/-]{0,60}(@[A-Za-z0-9.^~_-]{1,24})?(==[A-Za-z0-9.]{1,16})?\z")]
    private static partial Regex Package();

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._/-]{0,60}(:[A-Za-z0-9._-]{1,24})?\z")]
    private static partial Regex Image();

    [GeneratedRegex(@"(?i)(^|[^a-z])(sk|pk|rk|ghp|gho|ghs|ghu|ghr|github_pat|glpat|xox[a-z]|akia|asia|aiza|eyj|agk|wpt|wet|wae|epk|hf|npm|pypi|dop|shpat|sq0|ya29|lin_api|ntn|tvly|fc)[-_.]?[A-Za-z0-9_-]{12,}|-----BEGIN|bearer\s|password|passwd|secret=|token=|key=")]
    private static partial Regex KnownKey();

    // A UUID, and what is grouped like one.
    [GeneratedRegex("(?i)[0-9a-f]{4,}(-[0-9a-f]{4,}){3}")]
    private static partial Regex Grouped();

    [GeneratedRegex("[A-Za-z0-9+=]{12,}")]
    private static partial Regex Runs();
}
