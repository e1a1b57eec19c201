using System.Collections.Frozen;

namespace Writ.Governance.NamedFacts.Detectors;

/// <summary>What commands do by their names, and by the options that make them do more. One that is not here is unknown.</summary>
internal static class ShellCommands
{
    private static readonly FrozenDictionary<string, string> Classes = new[]
    {
        ("read", "ls cat head tail grep egrep fgrep wc sort uniq cut tr diff cmp stat file du df pwd whoami id date echo printf true false test [ which basename dirname realpath readlink uname hostname printenv tree jq sha256sum md5sum cd ps find seq sleep rg less more"),
        ("write", "cp mv mkdir touch ln chmod chown tee sed unzip gzip gunzip patch install zip export unset"),
        ("network", "curl wget scp nc ncat telnet ftp sftp ping dig nslookup host traceroute"),
        ("destroy", "rm rmdir dd shred truncate fdisk wipefs mkfs mkswap kill pkill killall shutdown reboot halt poweroff userdel groupdel crontab"),
    }.SelectMany(c => c.Item2.Split(' ').Select(name => (Name: name, Class: c.Item1))).ToFrozenDictionary(c => c.Name, c => c.Class, StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> GitClasses = new[]
    {
        ("read", "status log diff show ls-files rev-parse blame describe shortlog"),
        ("write", "add commit checkout switch merge rebase stash mv init tag branch restore cherry-pick revert"),
        ("network", "clone fetch pull push ls-remote"),
        ("destroy", "clean reset gc prune filter-branch rm"),
    }.SelectMany(c => c.Item2.Split(' ').Select(name => (Name: name, Class: c.Item1))).ToFrozenDictionary(c => c.Name, c => c.Class, StringComparer.Ordinal);

    /// <summary>The class of a command with these arguments; a command among them is handed to <paramref name="simple"/>.</summary>
    public static string ClassOf(string name, string?[] arguments, Action<string?[]> simple)
    {
        bool Has(params string[] options) => arguments.Any(a => a is null || options.Any(o => a == o || a.StartsWith(o + "=", StringComparison.Ordinal)));
        switch (name)
        {
            case "git":
                // -c and --exec-path can name any program; so can an option that only the shell knows.
                if (arguments is not [{ } verb, ..] || Has("-c", "--upload-pack", "--receive-pack", "--exec", "-x", "--ext-diff", "-O", "--open-files-in-pager"))
                    return "unknown";
                return verb == "push" && (Has("--force", "-f", "--force-with-lease", "--delete", "-d", "--mirror") || arguments.Any(a => a!.StartsWith('+') || a.StartsWith(':')))
                    ? "destroy"
                    : verb == "branch" && Has("-D", "-d", "--delete") ? "destroy" : GitClasses.GetValueOrDefault(verb, "unknown");
            case "find":
                var exec = Array.FindIndex(arguments, a => a is "-exec" or "-execdir" or "-ok" or "-okdir");
                if (exec >= 0)
                    simple(arguments[(exec + 1)..]);
                return Has("-delete") ? "destroy" : Has("-fprint", "-fprintf", "-fls", "-fprint0") ? "write" : "read";
            case "sort" when arguments.Any(a => a is null || a.StartsWith("-o", StringComparison.Ordinal) || a.StartsWith("--o", StringComparison.Ordinal)):
                return "write";
            case "sort" or "rg" or "date" or "hostname" when arguments.Any(a => a is null || a.StartsWith("--compress", StringComparison.Ordinal) || a.StartsWith("--pre", StringComparison.Ordinal) || a.StartsWith("-s", StringComparison.Ordinal) || a.StartsWith("--set", StringComparison.Ordinal)):
            case "less" or "more" or "sed":
                // They run commands when they are told to: sed with e, a pager with ! and by its environment.
                return name == "sed" && !arguments.Contains(null) && arguments is ["-n", { } printed, ..] && printed.Length > 1 && printed[^1] == 'p' && printed[..^1].All(c => char.IsAsciiDigit(c) || c is ',' or '$')
                    ? "read"
                    : "unknown";
            case "curl" or "wget" or "nc" or "ncat" when Has("-e", "--exec", "-c", "--use-askpass", "-K", "--config"):
                return "unknown";
            default:
                return name.StartsWith("mkfs.", StringComparison.Ordinal) ? "destroy" : Classes.GetValueOrDefault(name, "unknown");
        }
    }
}
