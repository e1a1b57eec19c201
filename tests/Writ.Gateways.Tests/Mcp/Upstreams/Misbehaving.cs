using System.Collections.Immutable;
using System.Text.Json;
using Writ.Gateways.Mcp.Upstreams;
using Writ.Testing;

namespace Writ.Gateways.Tests.Mcp.Upstreams;

/// <summary>A running misbehaving server under its own sandbox, and the calls that tests make to it.</summary>
internal sealed class Misbehaving : IAsyncDisposable
{
    private readonly ChildLauncher _launcher = new();

    public Misbehaving(
        string start = "well", Func<StdioServerDefinition, StdioServerDefinition>? change = null,
        ImmutableArray<string>? protectedFolders = null, Bubblewrap? bubblewrap = null)
    {
        var definition = Definition(start);
        Upstream = new StdioUpstream(
            change?.Invoke(definition) ?? definition, new LaunchPlanner(bubblewrap ?? new Bubblewrap(), protectedFolders ?? []), _launcher, Time, () => 0.5);
        Upstream.ToolsChanged += () => Volatile.Read(ref _signal).TrySetResult();
    }

    private TaskCompletionSource _signal = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public FakeTime Time { get; } = new();

    public StdioUpstream Upstream { get; }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static StdioServerDefinition Definition(string start = "well")
    {
        var script = Repository.PathOf("tests", "Writ.Gateways.Tests", "Mcp", "Upstreams", "misbehaving-server.mjs");
        return new StdioServerDefinition { Command = Peers.Node, Arguments = [script, start], Paths = [new(script, Writable: false), .. NodeItself()] };
    }

    /// <summary>What a sandbox must show for node to start: nothing where the system installed it.</summary>
    public static ImmutableArray<SandboxPath> NodeItself()
    {
        var node = HostPath.Resolve(Peers.Node)!;
        return HostPath.Contains("/usr", node) ? [] : [new(Path.GetDirectoryName(Path.GetDirectoryName(node))!, Writable: false)];
    }

    public async Task<UpstreamAnswer> CallAsync(string tool, object? arguments = null, CancellationToken? cancel = null, string caller = "a") =>
        await Upstream.CallAsync(new UpstreamCall(caller, "tools/call", JsonSerializer.SerializeToElement(new { name = tool, arguments })), cancel ?? Stop);

    /// <summary>The text a tool answered.</summary>
    public async Task<string> TextAsync(string tool, object? arguments = null)
    {
        var result = Assert.IsType<UpstreamAnswer.Result>(await CallAsync(tool, arguments));
        return result.Value.GetProperty("content")[0].GetProperty("text").GetString()!;
    }

    /// <summary>Runs a call that never answers until the server has it.</summary>
    public async Task<Task<UpstreamAnswer>> HangAsync(CancellationToken? cancel = null, string tool = "hang")
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _signal, reached);
        var call = CallAsync(tool, cancel: cancel);
        await reached.Task.WaitAsync(Stop);
        return call;
    }

    public async ValueTask DisposeAsync()
    {
        // A server that will not go by itself is waited for on the clock that only tests move.
        var closing = Upstream.DisposeAsync().AsTask();
        while (!closing.IsCompleted)
        {
            Time.Advance(TimeSpan.FromSeconds(2));
            await Task.Yield();
        }

        await closing;
        _launcher.Dispose();
    }
}
