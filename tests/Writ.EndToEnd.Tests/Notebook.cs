using System.Diagnostics;
using System.Text.Json.Nodes;
using Writ.Testing;

namespace Writ.EndToEnd.Tests;

/// <summary>The server of the current era as a process beside Writ, and what its own log says it executed.</summary>
internal sealed class Notebook : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string _log;

    private Notebook(Process process, string log, int port) => (_process, _log, Port) = (process, log, port);

    public int Port { get; }

    public static async Task<Notebook> StartAsync(string log)
    {
        var process = Process.Start(new ProcessStartInfo(Peers.Node, [Peers.CurrentEra])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = Peers.Folder,
            Environment = { ["CALL_LOG"] = log },
        })!;
        var line = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        Assert.StartsWith("listening ", line);
        return new Notebook(process, log, int.Parse(line!.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture));
    }

    /// <summary>The names of the tools that were executed, in order.</summary>
    public string[] Called() => File.Exists(_log) ? [.. File.ReadLines(_log).Select(line => JsonNode.Parse(line)!.Word("tool")!)] : [];

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
