using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Writ.Cli.Tests;

/// <summary><c>writ serve</c> as a real child process, on folders of its own and a free port.</summary>
internal sealed partial class RunningServer : IAsyncDisposable
{
    private const int Terminate = 15;
    private readonly Process _process;
    private readonly DirectoryInfo _folder;
    private bool _leavesFolder;

    private RunningServer(Process process, DirectoryInfo folder, JsonElement said) => (_process, _folder, Said) = (process, folder, said);

    /// <summary>What it said when it was ready.</summary>
    public JsonElement Said { get; }

    public string Data => Path.Combine(_folder.FullName, "data");

    public string Configuration => Path.Combine(_folder.FullName, "configuration");

    public string Url => Said.GetProperty("address").GetString()!;

    public static Task<RunningServer> StartAsync(params string[] settings) => StartAsync(Directory.CreateTempSubdirectory("writ-serve-"), settings);

    /// <summary>Over the folders <c>data</c> and <c>configuration</c> of an installation that there may be already; they go away with it.</summary>
    public static async Task<RunningServer> StartAsync(DirectoryInfo folder, params string[] settings)
    {
        var start = new ProcessStartInfo(
            Path.Combine(AppContext.BaseDirectory, "writ"),
            ["serve", "--json", "--data", Path.Combine(folder.FullName, "data"), "--configuration", Path.Combine(folder.FullName, "configuration"),
                "--listen", "127.0.0.1:0", "--log-level", "error", "--set", "ledger.segment_bytes=32 MiB", .. settings])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder.FullName,
        };
        start.Environment["HOME"] = folder.FullName;
        var process = Process.Start(start)!;
        var document = new StringBuilder();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (await process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
        {
            document.AppendLine(line);
            if (line == "}")
                break;
        }

        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        return new RunningServer(process, folder, JsonDocument.Parse(document.ToString()).RootElement);
    }

    /// <summary>The command against this server, with its administrator's token.</summary>
    public Task<CliRun> RunAsync(params string[] arguments) =>
        CliRun.OfAsync(arguments, new() { ["WRIT_URL"] = Url, ["WRIT_TOKEN"] = null, ["WRIT_CONFIGURATION_FOLDER"] = Configuration });

    /// <summary>Ends it, and leaves its folders for the next.</summary>
    public async Task<DirectoryInfo> LeaveAsync()
    {
        _leavesFolder = true;
        await DisposeAsync();
        return _folder;
    }

    /// <summary>Asks it to end, as a service manager does; its exit code.</summary>
    public async Task<int> StopAsync()
    {
        if (!_process.HasExited)
            Kill(_process.Id, Terminate);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await _process.WaitForExitAsync(limit.Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await StopAsync();
        }
        finally
        {
            if (!_process.HasExited)
                _process.Kill(entireProcessTree: true);
            _process.Dispose();
            if (!_leavesFolder)
                _folder.Delete(recursive: true);
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int process, int signal);
}
