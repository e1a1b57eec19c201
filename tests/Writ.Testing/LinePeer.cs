using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Writ.Testing;

/// <summary>A script of <c>tests/peers</c> in a process of its own that answers a line of JSON with a line of JSON. One question at a time.</summary>
public sealed class LinePeer : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Process _node;

    private LinePeer(Process node) => _node = node;

    /// <summary>Starts a script.</summary>
    public static LinePeer Start(string script)
    {
        var start = new ProcessStartInfo(Peers.Node, [script]) { RedirectStandardInput = true, RedirectStandardOutput = true, WorkingDirectory = Peers.Folder };
        return new LinePeer(Process.Start(start) ?? throw new InvalidOperationException("node does not start"));
    }

    /// <summary>The script's answer to one question.</summary>
    public async Task<JsonObject> AskAsync(JsonObject question, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(question);
        await _node.StandardInput.WriteLineAsync(question.ToJsonString());
        await _node.StandardInput.FlushAsync(cancellation);
        var line = await _node.StandardOutput.ReadLineAsync(cancellation).AsTask().WaitAsync(Patience, cancellation);
        return JsonNode.Parse(line ?? throw new InvalidOperationException("the peer ended"))!.AsObject();
    }

    /// <summary>Ends the script by ending its input.</summary>
    public void Dispose()
    {
        _node.StandardInput.Close();
        if (!_node.WaitForExit(Patience))
            _node.Kill();
        _node.Dispose();
    }
}
