using System.Diagnostics;

namespace Writ.Bench.Ledger.Databases;

/// <summary>
/// A PostgreSQL server of our own: made, started and stopped here. The server does not run as root, so root starts it as the
/// user that the Debian package makes for it.
/// </summary>
internal sealed class PostgresCluster : IDisposable
{
    public const string Role = "bench";

    private const string ServersUser = "postgres";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _programs;

    private PostgresCluster(string programs, string folder) => (_programs, Folder) = (programs, folder);

    /// <summary>Where the cluster and its socket are.</summary>
    public string Folder { get; }

    private string Data => Path.Combine(Folder, "data");

    /// <summary>Makes and starts one under a folder; null, and why, where the server is not installed.</summary>
    public static PostgresCluster? Start(string under, out string absent)
    {
        absent = "PostgreSQL is not installed: apt-get install postgresql";
        if (Programs() is not { } programs)
            return null;
        var cluster = new PostgresCluster(programs, Directory.CreateDirectory(Path.Combine(under, "postgres")).FullName);
        if (Environment.IsPrivilegedProcess)
        {
            // Its way there, and the folder itself.
            File.SetUnixFileMode(under, File.GetUnixFileMode(under) | UnixFileMode.OtherExecute);
            Run("chown", [ServersUser, cluster.Folder]);
        }

        cluster.RunProgram("initdb", "--pgdata", cluster.Data, "--username", Role, "--auth", "trust", "--encoding", "UTF8", "--no-locale");
        cluster.RunProgram(
            "pg_ctl", "start", "--wait", "--pgdata", cluster.Data, "--log", Path.Combine(cluster.Folder, "log"),
            "--options", $"-c listen_addresses='' -c unix_socket_directories='{cluster.Folder}'");
        return cluster;
    }

    public void Dispose() => RunProgram("pg_ctl", "stop", "--wait", "--mode", "fast", "--pgdata", Data);

    private static string? Programs() => Directory.Exists("/usr/lib/postgresql")
        ? Directory.EnumerateDirectories("/usr/lib/postgresql").OrderDescending().Select(version => Path.Combine(version, "bin")).FirstOrDefault(bin => File.Exists(Path.Combine(bin, "initdb")))
        : null;

    private void RunProgram(string program, params string[] arguments)
    {
        var path = Path.Combine(_programs, program);
        if (Environment.IsPrivilegedProcess)
            Run("setpriv", ["--reuid", ServersUser, "--regid", ServersUser, "--clear-groups", "--", path, .. arguments]);
        else
            Run(path, arguments);
    }

    private static void Run(string program, IReadOnlyList<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, WorkingDirectory = "/" })!;
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            throw new InvalidOperationException($"{program} did not end within {Patience.TotalSeconds} s");
        }

        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} ended with exit code {process.ExitCode}");
    }
}
