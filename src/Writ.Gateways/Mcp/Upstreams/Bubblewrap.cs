using System.Diagnostics;

namespace Writ.Gateways.Mcp.Upstreams;

/// <summary>
/// The bubblewrap of this machine, tried once with every isolation flag that a server is started with. What it cannot
/// do is never left out silently: then it counts as missing. Thread safe.
/// </summary>
public sealed class Bubblewrap
{
    private static readonly string[] Places = ["/usr/bin/bwrap", "/usr/local/bin/bwrap", "/bin/bwrap"];

    private readonly Lazy<(string? Path, string? Problem)> _found;

    /// <summary>Looks in the usual places, or only at <paramref name="path"/> when given. Nothing runs before the first question.</summary>
    public Bubblewrap(string? path = null) => _found = new(() => Find(path));

    /// <summary>The flags that shut a server in, before any path is bound.</summary>
    internal static IReadOnlyList<string> Isolation { get; } =
    [
        "--unshare-user", "--unshare-pid", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try",
        "--die-with-parent", "--new-session", "--cap-drop", "ALL", "--hostname", "sandbox",
    ];

    /// <summary>Its path where it works, else null.</summary>
    public string? Path => _found.Value.Path;

    /// <summary>Why it does not work and what to do, else null.</summary>
    public string? Problem => _found.Value.Problem;

    private static (string?, string?) Find(string? wanted)
    {
        var path = (wanted is null ? Places : [wanted]).FirstOrDefault(File.Exists);
        if (path is null)
            return (null, "bubblewrap is not installed: run 'apt-get install bubblewrap'");
        var start = new ProcessStartInfo(path) { RedirectStandardError = true, RedirectStandardOutput = true, RedirectStandardInput = true };
        start.Environment.Clear();
        foreach (var argument in (string[])[.. Isolation, "--unshare-net", "--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc", "--tmpfs", "/tmp", "--", "/usr/bin/env", "true"])
            start.ArgumentList.Add(argument);
        try
        {
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            if (!process.WaitForExit(TimeSpan.FromSeconds(10)))
            {
                process.Kill();
                return (null, $"{path} did not answer a trial start within 10 s");
            }

            if (process.ExitCode == 0)
                return (path, null);
            var said = process.StandardError.ReadToEnd();
            return (null, $"{path} cannot isolate a process here ({said.AsSpan(0, Math.Min(said.Length, 300)).Trim()}): allow unprivileged user namespaces");
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return (null, $"{path} cannot be run: {e.Message}");
        }
    }
}
