using System.Diagnostics;
using Writ.Testing;

namespace Writ.EndToEnd.Tests;

/// <summary>The decision point of <c>point-server.mjs</c>, a process of its own.</summary>
internal sealed class PointServer : IAsyncDisposable
{
    private readonly Process _process;

    private PointServer(Process process, int port) => (_process, Port) = (process, port);

    public int Port { get; }

    public static async Task<PointServer> StartAsync(string secret, string allowed)
    {
        var process = Process.Start(new ProcessStartInfo(Peers.Node, [Repository.PathOf("tests", "Writ.EndToEnd.Tests", "point-server.mjs")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            Environment = { ["SECRET"] = secret, ["ALLOWED"] = allowed },
        })!;
        var line = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        return new PointServer(process, int.Parse(line!.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture));
    }

    public async Task KillAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
    }
}
