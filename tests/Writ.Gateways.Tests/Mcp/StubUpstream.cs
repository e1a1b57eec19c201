using System.Collections.Concurrent;
using System.Text.Json;
using Writ.Gateways.Mcp.Upstreams;

namespace Writ.Gateways.Tests.Mcp;

/// <summary>An upstream that answers as a test says and remembers every call that reached it.</summary>
internal sealed class StubUpstream : IUpstream
{
    public ConcurrentQueue<UpstreamCall> Calls { get; } = new();

    public Func<UpstreamCall, CancellationToken, ValueTask<UpstreamAnswer>> Answer { get; set; } =
        (_, _) => Result("""{"content":[{"type":"text","text":"done"}],"x-unknown":[1e2,null]}""");

    public UpstreamState State => UpstreamState.Ready;

    public UpstreamStatistics Statistics => new(0, 0, 0, 0, 0, 0, 0, 0);

    public string Diagnostics => "";

    public event Action? ToolsChanged
    {
        add { }
        remove { }
    }

    public static ValueTask<UpstreamAnswer> Result(string json) => ValueTask.FromResult<UpstreamAnswer>(new UpstreamAnswer.Result(JsonElement.Parse(json)));

    public ValueTask<UpstreamOpening> EnsureReadyAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<ToolListing> ListToolsAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<UpstreamAnswer> CallAsync(UpstreamCall call, CancellationToken cancellationToken)
    {
        Calls.Enqueue(call);
        return Answer(call, cancellationToken);
    }

    public void Kill()
    {
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
