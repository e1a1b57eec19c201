using System.Collections.Concurrent;
using System.Text.Json;
using Writ.Gateways.Mcp.Wire;

namespace Writ.Gateways.Mcp.Upstreams;

/// <summary>
/// One life of a child server: many calls at once over its one pair of streams, each under an id of ours, so that no
/// agent's id ever reaches it and its answers cannot be mixed up. Thread safe.
/// </summary>
internal sealed class StdioConnection : IAsyncDisposable
{
    private readonly ConcurrentDictionary<long, PendingCall> _pending = new();
    private readonly ChildProcess _child;
    private readonly UpstreamLimits _limits;
    private readonly UpstreamCounters _counters;
    private readonly Action _toolsChanged;
    private readonly TaskCompletionSource<UpstreamAnswer.Failed> _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _lastId;
    private int _garbageInARow;
    private volatile UpstreamAnswer.Failed? _end;

    public StdioConnection(ChildProcess child, UpstreamLimits limits, UpstreamCounters counters, Action toolsChanged)
    {
        _child = child;
        _limits = limits;
        _counters = counters;
        _toolsChanged = toolsChanged;
        child.Serve(OnLine, kind => End(kind, kind == UpstreamFailure.TooLarge
            ? $"a message was longer than {limits.MaxMessageBytes} bytes; the server was ended"
            : "the server closed its output"));
    }

    public string Diagnostics => _child.Stderr.ToString();

    /// <summary>Completes with the reason when this life is over; every call has been ended by then.</summary>
    public Task<UpstreamAnswer.Failed> Over => _over.Task;

    /// <summary>How its process ended.</summary>
    public string Exit => _child.Ending;

    public async ValueTask<UpstreamAnswer> CallAsync(string method, JsonElement parameters, CallDeadline deadline)
    {
        var id = Interlocked.Increment(ref _lastId);
        var call = new PendingCall();
        _pending[id] = call;
        if (!_child.TrySend(new Outbound(JsonRpcWriter.Request(JsonRpcId.Of(id), method, parameters), call)))
            call.End(_ => _end ?? new UpstreamAnswer.Failed(UpstreamFailure.Overloaded, "the server does not read its input", MayHaveActed: false));
        if (_end is { } end)
            call.End(sent => end with { MayHaveActed = sent });

        await using var registration = deadline.Token.Register(() =>
        {
            if (call.End(deadline.Expired) && call.Sent)
                _child.TrySend(new Outbound(CancelledNotification.Of(JsonRpcId.Of(id)), null));
        });
        var answer = await call.Answer;
        _pending.TryRemove(id, out _);
        return answer;
    }

    public void Notify(string method) => _child.TrySend(new Outbound(JsonRpcWriter.Notification(method, default), null));

    public void Kill() => End(UpstreamFailure.Closed, "Writ killed the server");

    public async ValueTask DisposeAsync()
    {
        End(UpstreamFailure.Closed, "Writ closed the server", kill: false);
        await _child.DisposeAsync();
    }

    private void OnLine(ReadOnlyMemory<byte> line)
    {
        if (line.Span.Trim(" \t"u8).IsEmpty)
            return;
        if (JsonRpcReader.Read(line.Span) is not JsonRpcRead.Accepted { Message: var message })
        {
            _counters.Garbage();
            if (++_garbageInARow >= _limits.MaxGarbageInARow)
                End(UpstreamFailure.Garbage, $"{_garbageInARow} messages in a row were not MCP; the server was ended");
            return;
        }

        _garbageInARow = 0;
        switch (message)
        {
            case JsonRpcMessage.Result result:
                Answer(result.Id, new UpstreamAnswer.Result(result.Value));
                break;
            case JsonRpcMessage.Error { Id: { } id } error:
                Answer(id, new UpstreamAnswer.ProtocolError(error.Code, error.Message, error.Data));
                break;
            case JsonRpcMessage.Error:
                _counters.UnknownAnswer();
                break;
            case JsonRpcMessage.Request request:
                _child.TrySend(new Outbound(ServerRequests.Answer(request, _counters), null));
                break;
            case JsonRpcMessage.Notification { Method: "notifications/tools/list_changed" }:
                _toolsChanged();
                break;
        }
    }

    private void Answer(JsonRpcId id, UpstreamAnswer answer)
    {
        // An answer to a call that was never written cannot be one: the id was guessed.
        if (!id.TryGetNumber(out var number) || !_pending.TryGetValue(number, out var call) || !call.Sent || !call.End(_ => answer))
            _counters.UnknownAnswer();
    }

    private void End(UpstreamFailure kind, string detail, bool kill = true)
    {
        var end = new UpstreamAnswer.Failed(kind, detail, MayHaveActed: true);
        if (Interlocked.CompareExchange(ref _end, end, null) is not null)
            return;
        if (kill)
            _child.Kill();
        foreach (var call in _pending.Values)
            call.End(sent => end with { MayHaveActed = sent });
        _over.TrySetResult(end);
    }
}
