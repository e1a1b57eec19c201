namespace Writ.Governance.NamedFacts.Detectors;

/// <summary>Collects what the commands of a script are, also those inside others. Not thread safe.</summary>
internal sealed class ShellSurvey
{
    /// <summary>The classes, from harmless to worst.</summary>
    public static readonly string[] Order = ["read", "write", "network", "destroy", "unknown"];

    private const int MaxDepth = 8;
    private static readonly HashSet<string> Shells = new(StringComparer.Ordinal) { "sh", "bash", "dash", "zsh", "ksh" };
    private static readonly HashSet<string> Wrappers = new(StringComparer.Ordinal) { "sudo", "doas", "env", "nice", "nohup", "time", "timeout", "xargs", "command", "exec", "stdbuf", "setsid" };

    public SortedSet<string> Classes { get; } = new(StringComparer.Ordinal);

    public SortedSet<string> Commands { get; } = new(StringComparer.Ordinal);

    public bool Privileged { get; private set; }

    public void Add(string @class) => Classes.Add(@class);

    public void Script(string text, int depth)
    {
        if (depth > MaxDepth || ShellWords.Read(text) is not { } commands)
        {
            Add("unknown");
            return;
        }

        foreach (var command in commands)
        {
            if (command.Writes)
                Add("write");
            foreach (var inner in command.Inner)
                Script(inner, depth + 1);
            Simple(command.Words, depth);
        }
    }

    private void Simple(IReadOnlyList<string?> words, int depth)
    {
        var at = 0;
        // An assignment before a command may change what the command is: PATH, LD_PRELOAD, GIT_SSH and more.
        while (at < words.Count && words[at] is { } word && word.IndexOf('=') is > 0 and var equals && word[..equals].All(c => char.IsAsciiLetterOrDigit(c) || c == '_'))
        {
            if (word[..equals].Any(char.IsAsciiLetterUpper) && !(word[..equals] is "LANG" or "TZ" || word.StartsWith("LC_", StringComparison.Ordinal)))
                Add("unknown");
            at++;
        }

        if (at == words.Count)
            return;
        if (words[at] is not { } path)
        {
            Add("unknown");
            return;
        }

        // A program at another place than those of the system may be anything.
        var name = path[(path.LastIndexOf('/') + 1)..];
        if (name != path && path != "/bin/" + name && path != "/usr/bin/" + name)
        {
            Add("unknown");
            return;
        }

        Commands.Add(name);
        string?[] rest = [.. words.Skip(at + 1)];
        if (Wrappers.Contains(name))
            Wrapped(name, rest, depth);
        else if (Shells.Contains(name))
            Shell(rest, depth);
        else if (name == "eval")
            Script(rest.Contains(null) ? "$" : string.Join(' ', rest), depth + 1);
        else
            Add(ShellCommands.ClassOf(name, rest, inner => Simple(inner, depth + 1)));
    }

    private void Wrapped(string name, string?[] rest, int depth)
    {
        Privileged |= name is "sudo" or "doas";
        if (depth > MaxDepth)
        {
            Add("unknown");
            return;
        }

        var at = 0;
        if (name == "timeout" && rest is [{ Length: > 0 } span, ..] && char.IsAsciiDigit(span[0]))
            at = 1;
        while (at < rest.Length && rest[at] is { } option && option.StartsWith('-'))
        {
            // An option that may take a value would make the command look like another one.
            var taken = (name, option) switch
            {
                ("sudo", "-n" or "-E" or "-H") or ("xargs", "-0" or "-r" or "-t") or ("env", "-i") or ("time", "-p") or (_, "--") => 1,
                ("sudo", "-u") or ("xargs", "-n" or "-P" or "-I" or "-L") or ("nice", "-n") => 2,
                _ => 0,
            };
            if (taken == 0)
            {
                Add("unknown");
                return;
            }

            at += taken;
        }

        if (at < rest.Length)
            Simple(rest[at..], depth + 1);
        else
            Add(name is "sudo" or "doas" or "exec" ? "unknown" : "read");
        if (name == "xargs" && at < rest.Length && Shells.Contains(rest[at] ?? ""))
            Add("unknown");
    }

    private void Shell(string?[] rest, int depth)
    {
        if (rest is ["-c", { } script])
            Script(script, depth + 1);
        else
            Add("unknown");
    }
}
