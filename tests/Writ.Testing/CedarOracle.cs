using System.Diagnostics;
using System.Text.Json;
using Xunit;

namespace Writ.Testing;

/// <summary>
/// Cedar's own engine, as published for Node, in a process of its own: <c>tests/peers/cedar-oracle.mjs</c> says what can be asked. Where it
/// is not installed, starting it skips the running test and names the command that installs it. Not thread safe.
/// </summary>
public sealed class CedarOracle : IDisposable
{
    private readonly Process _node;
    private readonly Task<string> _complaints;

    private CedarOracle(Process node)
    {
        _node = node;
        _complaints = node.StandardError.ReadToEndAsync();
    }

    /// <summary>Starts the engine.</summary>
    public static CedarOracle Start()
    {
        // Without the optimizing compiler: a process that lives for seconds gains nothing from it, and takes both cores for it.
        var start = new ProcessStartInfo(Peers.Node, ["--no-opt", Peers.CedarOracle])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Peers.Folder,
        };
        return new CedarOracle(Process.Start(start) ?? throw new InvalidOperationException("node did not start"));
    }

    /// <summary>Asks, and gives the answer.</summary>
    public JsonElement Ask(object question)
    {
        _node.StandardInput.WriteLine(JsonSerializer.Serialize(question));
        _node.StandardInput.Flush();
        var line = _node.StandardOutput.ReadLine();
        Assert.True(line is not null, "the oracle ended: " + (line is null ? _complaints.GetAwaiter().GetResult() : ""));
        using var answer = JsonDocument.Parse(line!);
        return answer.RootElement.Clone();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _node.StandardInput.Close();
        if (!_node.WaitForExit(TimeSpan.FromSeconds(10)))
            _node.Kill();
        _node.Dispose();
    }
}
