using System.Diagnostics;
using System.Text.Json.Nodes;
using Writ.Testing;

namespace Writ.Server.Tests.Otlp;

/// <summary>A collector that decodes with the OpenTelemetry project's own classes, in a process of its own.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly Process _node;

    private Collector(Process node, int port) => (_node, Port) = (node, port);

    public int Port { get; }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<Collector> StartAsync()
    {
        var node = Process.Start(new ProcessStartInfo(Peers.Node, [Peers.OtelCollector]) { RedirectStandardInput = true, RedirectStandardOutput = true, WorkingDirectory = Peers.Folder })!;
        var line = await node.StandardOutput.ReadLineAsync(Stop);
        return new Collector(node, int.Parse(line!["listening ".Length..]));
    }

    /// <summary>How it answers from now on.</summary>
    public async Task AnswerAsync(int status)
    {
        await _node.StandardInput.WriteLineAsync($"status {status}");
        await _node.StandardInput.FlushAsync(Stop);
        while (await _node.StandardOutput.ReadLineAsync(Stop) is { } line && line != $"status {status}")
            Assert.StartsWith("{", line); // what came before
    }

    /// <summary>The next request.</summary>
    public async Task<JsonObject> NextAsync() => JsonNode.Parse((await _node.StandardOutput.ReadLineAsync(Stop))!)!.AsObject();

    /// <summary>The next so many spans, of however many requests that were taken.</summary>
    public async Task<IReadOnlyList<JsonObject>> SpansAsync(int count)
    {
        var spans = new List<JsonObject>();
        while (spans.Count < count)
        {
            var request = await NextAsync();
            if (request["status"]!.GetValue<int>() == 200)
                spans.AddRange(request["spans"]!.AsArray().Select(s => s!.DeepClone().AsObject()));
        }

        Assert.Equal(count, spans.Count);
        return spans;
    }

    public async ValueTask DisposeAsync()
    {
        _node.StandardInput.Close();
        await _node.WaitForExitAsync(Stop);
        _node.Dispose();
    }
}
