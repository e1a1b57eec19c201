using System.Diagnostics;

namespace Writ.EndToEnd.Tests;

/// <summary>A server in a mount namespace of its own, where a test may mount real file systems: one that is full, one that is read-only.</summary>
internal static class MountNamespace
{
    private const string Program = "/usr/bin/unshare";

    /// <summary>Why this machine lets nobody have one; null where it does.</summary>
    public static string? Obstacle()
    {
        if (!File.Exists(Program))
            return $"there is no {Program}";
        using var trial = Process.Start(new ProcessStartInfo(Program, ["-rm", "mount", "-t", "tmpfs", "-o", "size=1m", "none", "/mnt"]) { RedirectStandardError = true })!;
        var why = trial.StandardError.ReadToEnd();
        trial.WaitForExit();
        return trial.ExitCode == 0 ? null : $"no mount namespace: {why}";
    }

    /// <summary>The arguments of unshare(1) that run a script with the folder as $1, and the server's command line behind it.</summary>
    public static (string Program, string[] Arguments) Command(string script, string folder, params string[] more) =>
        (Program, ["-rm", "--kill-child", "-f", "/bin/sh", "-c", script, "sh", folder, ServedWrit.Program, .. ServedWrit.ArgumentsFor(folder), .. more]);

    /// <summary>Runs a command inside the namespace of a process.</summary>
    public static void Enter(int process, params string[] command)
    {
        using var entered = Process.Start(new ProcessStartInfo("/usr/bin/nsenter", ["-t", $"{process}", "-U", "-m", "--preserve-credentials", "--", .. command]) { RedirectStandardError = true })!;
        var why = entered.StandardError.ReadToEnd();
        entered.WaitForExit();
        Assert.True(entered.ExitCode == 0, $"{string.Join(' ', command)}: {why}");
    }

    /// <summary>The process that unshare started and the server runs under: the one that has the new namespace.</summary>
    public static int ChildOf(int process) => int.Parse(File.ReadAllText($"/proc/{process}/task/{process}/children").Trim().Split(' ')[0]);
}
