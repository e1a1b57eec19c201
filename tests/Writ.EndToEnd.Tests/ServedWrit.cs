using System.Diagnostics;
using System.Net.Http.Headers;
using Writ.Testing;

namespace Writ.EndToEnd.Tests;

/// <summary><c>writ serve</c> as a process of its own over the folders of a stopped <see cref="RunningWrit"/>, to be killed.</summary>
internal sealed class ServedWrit : IAsyncDisposable
{
    private readonly Process _process;

    private ServedWrit(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    /// <summary>The process that was started: the server's own, or that of the shell around it.</summary>
    public int ProcessId => _process.Id;

    /// <summary>The program.</summary>
    public static string Program => Repository.PathOf("artifacts", "bin", "Writ.Cli", "debug", "writ");

    public static string[] ArgumentsFor(string folder) =>
    [
        "serve", "--data", Path.Combine(folder, "data"), "--configuration", Path.Combine(folder, "config"), "--listen", "127.0.0.1:0", "--log-level", "error", "--set", "ledger.segment_bytes=32 MiB",
    ];

    public static Task<ServedWrit> StartAsync(string folder) => StartAsync(Program, ArgumentsFor(folder));

    /// <summary>Starts a program that ends up serving, and waits until it says where.</summary>
    public static async Task<ServedWrit> StartAsync(string program, IEnumerable<string> arguments)
    {
        var process = Run(program, arguments);
        var said = new List<string>();
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            said.Add(line);
            if (line.IndexOf("http://127.0.0.1:", StringComparison.Ordinal) is var at and >= 0)
                return new ServedWrit(process, new Uri(line[at..].Split(' ', '"')[0]));
        }

        throw new InvalidOperationException($"writ serve ended: {string.Join('\n', said)} {await process.StandardError.ReadToEndAsync()}");
    }

    /// <summary>Runs a program that does not get to serve; its exit code, and what it said.</summary>
    public static async Task<(int Exit, string Said)> FailAsync(string program, IEnumerable<string> arguments)
    {
        using var process = Run(program, arguments);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output + await error);
    }

    public HttpClient Client(string token) => new()
    {
        BaseAddress = Address,
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", token) },
    };

    /// <summary>SIGKILL, whatever it is doing.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Waits until it has ended by itself; what it said on the way, and its exit code.</summary>
    public async Task<(int Exit, string Said)> EndedAsync()
    {
        var said = await _process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (_process.ExitCode, said);
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
    }

    private static Process Run(string program, IEnumerable<string> arguments) => Process.Start(new ProcessStartInfo(program, arguments)
    {
        RedirectStandardOutput = true,
        RedirectStandardInput = true,
        RedirectStandardError = true,
        Environment = { ["DOTNET_TieredPGO"] = "0" },
    })!;
}
