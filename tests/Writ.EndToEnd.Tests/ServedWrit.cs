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

    public static async Task<ServedWrit> StartAsync(string folder)
    {
        var process = Process.Start(new ProcessStartInfo(
            Repository.PathOf("artifacts", "bin", "Writ.Cli", "debug", "writ"),
            ["serve", "--data", Path.Combine(folder, "data"), "--configuration", Path.Combine(folder, "config"), "--listen", "127.0.0.1:0", "--log-level", "error", "--set", "ledger.segment_bytes=32 MiB"])
        {
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
            RedirectStandardError = true,
        })!;
        var said = new List<string>();
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            said.Add(line);
            if (line.IndexOf("http://127.0.0.1:", StringComparison.Ordinal) is var at and >= 0)
                return new ServedWrit(process, new Uri(line[at..].Split(' ', '"')[0]));
        }

        throw new InvalidOperationException($"writ serve ended: {string.Join('\n', said)}");
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

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
    }
}
