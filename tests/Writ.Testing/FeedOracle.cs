using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Writ.Testing;

/// <summary>What receivers of others make of what feeds send: <c>tests/peers/feed-oracle.mjs</c>, in a process of its own for each question.</summary>
public static class FeedOracle
{
    /// <summary>The oracle's word: <c>ok</c>, or what is wrong. Skips the running test where the libraries are not installed.</summary>
    public static async Task<string> AskAsync(JsonObject question, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(question);
        var start = new ProcessStartInfo(Peers.Node, [Peers.FeedOracle]) { RedirectStandardInput = true, RedirectStandardOutput = true, WorkingDirectory = Peers.Folder };
        using var node = Process.Start(start) ?? throw new InvalidOperationException("node does not start");
        await node.StandardInput.WriteAsync(question.ToJsonString());
        node.StandardInput.Close();
        var answer = await node.StandardOutput.ReadToEndAsync(cancellation);
        await node.WaitForExitAsync(cancellation);
        return answer;
    }
}
