using System.Buffers;
using System.Collections.Immutable;

namespace Writ.Gateways.Mcp.Upstreams;

/// <summary>
/// A server that runs as a child process and speaks on its standard streams. A value; <see cref="Problem"/> says why it
/// cannot be used. There is no form of it that a shell reads (T67).
/// </summary>
public sealed record StdioServerDefinition
{
    private static readonly SearchValues<char> ShellText = SearchValues.Create(" \t\r\n\0|&;<>()$`\"'\\*?[]{}#~!");

    private static readonly ImmutableHashSet<string> Shells =
        ["sh", "bash", "dash", "ash", "zsh", "ksh", "mksh", "fish", "csh", "tcsh", "busybox"];

    /// <summary>The program alone: a name looked up in the sandbox's PATH, or an absolute path.</summary>
    public required string Command { get; init; }

    /// <summary>Its arguments, each passed as it is.</summary>
    public ImmutableArray<string> Arguments { get; init; } = [];

    /// <summary>Environment variables beyond the minimum of PATH, HOME, LANG and TMPDIR. Nothing is inherited from Writ.</summary>
    public ImmutableDictionary<string, string> Environment { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Where it starts; shown to it read-only unless <see cref="Paths"/> covers it. Null for its private /tmp.</summary>
    public string? WorkingFolder { get; init; }

    /// <summary>What it sees beyond the system's programs and libraries.</summary>
    public ImmutableArray<SandboxPath> Paths { get; init; } = [];

    /// <summary>Whether it shares the machine's network. False by default: it then has a loopback of its own and nothing else.</summary>
    public bool Network { get; init; }

    /// <summary>How it is confined.</summary>
    public SandboxMode Sandbox { get; init; } = SandboxMode.Bubblewrap;

    /// <summary>Its bounds.</summary>
    public UpstreamLimits Limits { get; init; } = new();

    /// <summary>What is wrong with this definition and what to write instead, or null. Needs no disk.</summary>
    public string? Problem =>
        CommandProblem()
        ?? Arguments.Where(a => a.Contains('\0')).Select(_ => "an argument contains a NUL character").FirstOrDefault()
        ?? Environment.Keys.Select(EnvironmentProblem).FirstOrDefault(p => p is not null)
        ?? Environment.Where(e => e.Value.Contains('\0')).Select(e => $"the variable {e.Key} contains a NUL character").FirstOrDefault()
        ?? Paths.Select(p => p.Path).Concat(WorkingFolder is null ? [] : [WorkingFolder]).Select(PathProblem).FirstOrDefault(p => p is not null);

    /// <summary>Equal in every part, collections by their content: the same definition read twice starts one server.</summary>
    public bool Equals(StdioServerDefinition? other) =>
        ReferenceEquals(this, other)
        || (other is not null && Command == other.Command && Arguments.SequenceEqual(other.Arguments) && WorkingFolder == other.WorkingFolder
            && Network == other.Network && Sandbox == other.Sandbox && Limits == other.Limits && Paths.SequenceEqual(other.Paths)
            && Environment.Count == other.Environment.Count && Environment.All(e => other.Environment.TryGetValue(e.Key, out var v) && v == e.Value));

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Command, Arguments.Length, WorkingFolder, Network, Sandbox);

    private string? CommandProblem()
    {
        if (Command.Length == 0)
            return "command is empty: name the program to run";
        if (Command.AsSpan().ContainsAny(ShellText) || Command.StartsWith('-'))
            return "command is the program alone and is never read by a shell: put each argument in args";
        var program = Path.GetFileName(Command);
        if (Shells.Contains(program) && Arguments.TakeWhile(a => a.StartsWith('-')).Any(a => !a.StartsWith("--", StringComparison.Ordinal) && a.Contains('c')))
            return $"command is a shell told to read a string ({program} -c): run the program itself, or put the script in a file";
        return null;
    }

    private static string? EnvironmentProblem(string name)
    {
        if (name.Length == 0 || char.IsAsciiDigit(name[0]) || name.Any(c => c != '_' && !char.IsAsciiLetterOrDigit(c)))
            return "an environment variable's name is letters, digits and underscores";
        // These would act on the program that builds the sandbox, before there is one.
        return name.StartsWith("LD_", StringComparison.Ordinal) || name is "GLIBC_TUNABLES"
            ? $"the variable {name} steers the dynamic loader and is refused"
            : null;
    }

    private static string? PathProblem(string path)
    {
        if (!Path.IsPathFullyQualified(path) || path.Contains('\0') || path.Split('/').Contains(".."))
            return $"the path '{path}' is not absolute, or contains '..'";
        return Path.GetFullPath(path).TrimEnd('/') is "" or "/proc" or "/sys" or "/dev" || path.StartsWith("/proc/", StringComparison.Ordinal)
            ? $"the path '{path}' is never shown to a sandboxed server: name the folders it needs"
            : null;
    }
}
