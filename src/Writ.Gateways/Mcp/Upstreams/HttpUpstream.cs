using System.Collections.Immutable;
using System.Net;
using System.Text.Json;
using Writ.Gateways.Mcp.Wire;
using Writ.Gateways.WebBotAuth;

namespace Writ.Gateways.Mcp.Upstreams;

/// <summary>A server over Streamable HTTP, in whichever era it speaks. Opened by the first call.</summary>
internal sealed class HttpUpstream : IUpstream
{
    private readonly HttpServerDefinition _definition;
    private readonly TimeProvider _time;
    private readonly HttpExchange _exchange;
    private readonly CallGate _gate;
    private readonly UpstreamCounters _counters = new();
    private readonly CancellationTokenSource _life = new();
    private readonly CancellationToken _ended;
    private readonly Lock _lock = new();
    private Task<UpstreamOpening>? _starting;
    private HttpOpening? _open;
    private ImmutableDictionary<string, ImmutableArray<MirroredParameters.Parameter>> _mirrored =
        ImmutableDictionary<string, ImmutableArray<MirroredParameters.Parameter>>.Empty;
    private long _lastId;
    private bool _closed;

    public HttpUpstream(HttpServerDefinition definition, TimeProvider time, Func<string, CancellationToken, Task<IPAddress[]>>? resolve = null, RequestSigner? signer = null)
    {
        _definition = definition;
        _time = time;
        _ended = _life.Token;
        _exchange = new HttpExchange(definition, resolve ?? Dns.GetHostAddressesAsync, signer);
        _gate = new CallGate(definition.Limits.MaxConcurrentCalls, definition.Limits.MaxQueuedCalls);
    }

    public event Action? ToolsChanged;

    public UpstreamState State
    {
        get
        {
            lock (_lock)
                return _closed ? UpstreamState.Closed : _open is not null ? UpstreamState.Ready : _starting is not null ? UpstreamState.Starting : UpstreamState.Idle;
        }
    }

    public UpstreamStatistics Statistics => _counters.Snapshot();

    public string Diagnostics => "";

    public async ValueTask<UpstreamOpening> EnsureReadyAsync(CancellationToken cancellationToken)
    {
        Task<UpstreamOpening> starting;
        lock (_lock)
        {
            if (_closed)
                return new UpstreamOpening.Unavailable(UpstreamFailure.Closed, "the server is closed");
            if (_open is { } open)
                return open.Ready;
            starting = _starting ??= Task.Run(OpenAsync, CancellationToken.None);
        }

        try
        {
            return await starting.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return new UpstreamOpening.Unavailable(UpstreamFailure.Cancelled, "the caller did not wait for the server");
        }
    }

    public async ValueTask<UpstreamAnswer> CallAsync(UpstreamCall call, CancellationToken cancellationToken)
    {
        using var deadline = new CallDeadline(_definition.Limits.CallTimeout, call.Timeout, _time, cancellationToken);
        return _counters.Count(await CallWithinAsync(call, deadline));
    }

    public async ValueTask<ToolListing> ListToolsAsync(CancellationToken cancellationToken)
    {
        var listing = await ToolPager.ReadAsync(
            _definition.Limits, (parameters, token) => CallAsync(new UpstreamCall("", "tools/list", parameters), token), cancellationToken);
        if (listing is not ToolListing.Complete complete || Opening is not { IsCurrent: true })
            return listing;
        var mirrored = ImmutableDictionary.CreateBuilder<string, ImmutableArray<MirroredParameters.Parameter>>();
        var valid = complete.Tools.Where(tool =>
        {
            if (!MirroredParameters.TryRead(tool.Definition, out var parameters))
                return false;
            if (!parameters.IsEmpty)
                mirrored[tool.Name] = parameters;
            return true;
        }).ToImmutableArray();
        lock (_lock)
            _mirrored = mirrored.ToImmutable();
        return new ToolListing.Complete(valid);
    }

    /// <summary>Nothing of it runs here: its calls are cancelled one by one.</summary>
    public void Kill()
    {
    }

    public async ValueTask DisposeAsync()
    {
        HttpOpening? open;
        Task? starting;
        lock (_lock)
        {
            if (_closed)
                return;
            _closed = true;
            (open, starting) = (_open, _starting);
        }

        await _life.CancelAsync();
        if (starting is not null)
            await starting;
        if (open is { Session: not null })
        {
            using var grace = new CancellationTokenSource(_definition.Limits.StopGrace, _time);
            await _exchange.DeleteAsync(open.Headers, grace.Token);
        }

        _exchange.Dispose();
        _life.Dispose();
    }

    private HttpOpening? Opening
    {
        get
        {
            lock (_lock)
                return _open;
        }
    }

    private async ValueTask<UpstreamAnswer> CallWithinAsync(UpstreamCall call, CallDeadline deadline)
    {
        if (deadline.Token.IsCancellationRequested)
            return deadline.Expired(mayHaveActed: false);
        try
        {
            if (!await _gate.EnterAsync(call.Caller, deadline.Token))
                return new UpstreamAnswer.Failed(UpstreamFailure.Overloaded, "too many calls wait for the server", MayHaveActed: false);
        }
        catch (OperationCanceledException)
        {
            return deadline.Expired(mayHaveActed: false);
        }

        var sent = false;
        try
        {
            for (var first = true; ; first = false)
            {
                if (await EnsureReadyAsync(deadline.Token) is UpstreamOpening.Unavailable unavailable)
                {
                    return deadline.Token.IsCancellationRequested
                        ? deadline.Expired(mayHaveActed: false)
                        : new UpstreamAnswer.Failed(unavailable.Kind, unavailable.Detail, MayHaveActed: false);
                }

                if (Opening is not { } open)
                    continue;
                sent = true;
                var reply = await SendAsync(call, open, deadline.Token);
                // 404 means that the session is gone and nothing was done (2025-11-25, transports, "Session Management" 4).
                if (!first || open.Session is null || reply is not (HttpReply.Bare { Status: 404 } or HttpReply.Answer { Status: 404 }))
                    return open.IsCurrent ? CurrentAnswer(HttpOpener.Answer(reply)) : HttpOpener.Answer(reply);
                sent = false;
                lock (_lock)
                    _open = ReferenceEquals(_open, open) ? null : _open;
            }
        }
        catch (OperationCanceledException)
        {
            return _ended.IsCancellationRequested && !deadline.Token.IsCancellationRequested
                ? new UpstreamAnswer.Failed(UpstreamFailure.Closed, "Writ closed the server", sent)
                : deadline.Expired(sent);
        }
        finally
        {
            _gate.Leave();
        }
    }

    private async Task<HttpReply> SendAsync(UpstreamCall call, HttpOpening open, CancellationToken cancellationToken)
    {
        var id = JsonRpcId.Of(Interlocked.Increment(ref _lastId));
        var parameters = open.IsCurrent ? RequestMeta.ForCurrent(call.Params) : RequestMeta.ForLegacy(call.Params);
        var headers = open.IsCurrent ? open.Headers.Concat(Mirror(call)) : open.Headers;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _ended);
        try
        {
            return await _exchange.PostAsync(JsonRpcWriter.Request(id, call.Method, parameters), id, headers, read => AsideAsync(read, open), either.Token);
        }
        catch (OperationCanceledException) when (!open.IsCurrent)
        {
            // In the legacy era a closed connection does not cancel; the current era needs no more than that.
            _ = _exchange.PostAsync(CancelledNotification.Of(id), null, open.Headers, static _ => ValueTask.CompletedTask, _ended)
                .ContinueWith(static t => t.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            throw;
        }
    }

    private IEnumerable<KeyValuePair<string, string>> Mirror(UpstreamCall call)
    {
        yield return new("Mcp-Method", call.Method);
        if (call.Params.ValueKind != JsonValueKind.Object)
            yield break;
        if (call.Params.TryGetProperty(call.Method == "resources/read" ? "uri" : "name", out var name) && name.ValueKind == JsonValueKind.String)
        {
            yield return new("Mcp-Name", HeaderText.Encode(name.GetString()!));
            if (call.Method == "tools/call" && _mirrored.TryGetValue(name.GetString()!, out var parameters)
                && call.Params.TryGetProperty("arguments"u8, out var arguments))
            {
                foreach (var header in MirroredParameters.Headers(parameters, arguments))
                    yield return header;
            }
        }
    }

    private static UpstreamAnswer CurrentAnswer(UpstreamAnswer answer) =>
        // Writ declares no client capabilities, so a server may not ask for input; a type nobody declared is invalid.
        answer is UpstreamAnswer.Result result && result.Value.TryGetProperty("resultType"u8, out var type)
            && !(type.ValueKind == JsonValueKind.String && type.ValueEquals("complete"u8))
            ? new UpstreamAnswer.Failed(UpstreamFailure.Garbage, "the result is of a type that was not offered", MayHaveActed: true)
            : answer;

    private async ValueTask AsideAsync(JsonRpcRead read, HttpOpening? open)
    {
        switch (read)
        {
            case JsonRpcRead.Refused:
                _counters.Garbage();
                break;
            case JsonRpcRead.Accepted { Message: JsonRpcMessage.Notification { Method: "notifications/tools/list_changed" } }:
                ToolsChanged?.Invoke();
                break;
            case JsonRpcRead.Accepted { Message: JsonRpcMessage.Request request } when open is { IsCurrent: false }:
                await _exchange.PostAsync(ServerRequests.Answer(request, _counters), null, open.Headers, static _ => ValueTask.CompletedTask, _ended);
                break;
            case JsonRpcRead.Accepted { Message: JsonRpcMessage.Request }:
                _counters.RefusedRequest();
                break;
            case JsonRpcRead.Accepted { Message: JsonRpcMessage.Result or JsonRpcMessage.Error }:
                _counters.UnknownAnswer();
                break;
        }
    }

    private async Task<UpstreamOpening> OpenAsync()
    {
        UpstreamOpening outcome;
        HttpOpening? opening = null;
        if (_definition.Problem is { } problem)
        {
            outcome = new UpstreamOpening.Unavailable(UpstreamFailure.Refused, problem);
        }
        else
        {
            _counters.Started();
            using var deadline = new CallDeadline(_definition.Limits.StartTimeout, null, _time, _ended);
            try
            {
                (opening, outcome) = await new HttpOpener(_exchange, read => AsideAsync(read, null)).OpenAsync(deadline.Token);
            }
            catch (OperationCanceledException)
            {
                var expired = deadline.Expired(mayHaveActed: false);
                outcome = new UpstreamOpening.Unavailable(expired.Kind, $"the server was not opened: {expired.Detail}");
            }
        }

        lock (_lock)
        {
            _starting = null;
            _open = opening;
        }

        return outcome;
    }
}
