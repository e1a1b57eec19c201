using System.Text.Json;
using Writ.Gateways.Mcp.Wire;

namespace Writ.Gateways.Mcp.Upstreams;

/// <summary>
/// A server as a child process, through all its lives: started by the first call, ended when it breaks a bound, started
/// again on demand after a growing wait. Speaks the legacy era.
/// </summary>
internal sealed class StdioUpstream : IUpstream
{
    private readonly StdioServerDefinition _definition;
    private readonly LaunchPlanner _planner;
    private readonly ChildLauncher _launcher;
    private readonly TimeProvider _time;
    private readonly CallGate _gate;
    private readonly UpstreamCounters _counters = new();
    private readonly RestartBackoff _backoff;
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _life = new();
    private readonly CancellationToken _ended;
    private Task<UpstreamOpening>? _starting;
    private (StdioConnection Connection, UpstreamOpening.Ready Opening)? _open;
    private string _lastDiagnostics = "";
    private string _lastFailure = "";
    private StdioConnection? _opening;
    private bool _closed;
    private bool _killed;

    public StdioUpstream(StdioServerDefinition definition, LaunchPlanner planner, ChildLauncher launcher, TimeProvider time, Func<double> jitter)
    {
        _definition = definition;
        _planner = planner;
        _launcher = launcher;
        _time = time;
        _ended = _life.Token;
        _gate = new CallGate(definition.Limits.MaxConcurrentCalls, definition.Limits.MaxQueuedCalls);
        _backoff = new RestartBackoff(time, jitter);
    }

    public event Action? ToolsChanged;

    public UpstreamState State
    {
        get
        {
            lock (_lock)
            {
                return _closed ? UpstreamState.Closed
                    : _open is not null ? UpstreamState.Ready
                    : _starting is not null ? UpstreamState.Starting
                    : _backoff.Remaining > TimeSpan.Zero ? UpstreamState.Waiting
                    : UpstreamState.Idle;
            }
        }
    }

    public UpstreamStatistics Statistics => _counters.Snapshot();

    public string Diagnostics
    {
        get
        {
            lock (_lock)
                return _open?.Connection.Diagnostics ?? _lastDiagnostics;
        }
    }

    public async ValueTask<UpstreamOpening> EnsureReadyAsync(CancellationToken cancellationToken)
    {
        Task<UpstreamOpening> starting;
        lock (_lock)
        {
            if (_closed)
                return new UpstreamOpening.Unavailable(UpstreamFailure.Closed, "the server is closed");
            if (_open is { } open)
                return open.Opening;
            if (_starting is null && _backoff.Remaining is { Ticks: > 0 } wait)
            {
                return new UpstreamOpening.Unavailable(
                    UpstreamFailure.NotStarted, $"{_lastFailure}; it is started again on demand in {wait.TotalSeconds:0.#} s", wait);
            }

            starting = _starting ??= Task.Run(StartAsync, CancellationToken.None);
        }

        try
        {
            return await starting.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return new UpstreamOpening.Unavailable(UpstreamFailure.Cancelled, "the caller did not wait for the server's start");
        }
    }

    public async ValueTask<UpstreamAnswer> CallAsync(UpstreamCall call, CancellationToken cancellationToken)
    {
        using var deadline = new CallDeadline(_definition.Limits.CallTimeout, call.Timeout, _time, cancellationToken);
        return _counters.Count(await CallWithinAsync(call, deadline));
    }

    public ValueTask<ToolListing> ListToolsAsync(CancellationToken cancellationToken) => ToolPager.ReadAsync(
        _definition.Limits,
        (parameters, token) => CallAsync(new UpstreamCall("", "tools/list", parameters), token),
        cancellationToken);

    public void Kill()
    {
        StdioConnection? connection;
        lock (_lock)
        {
            _killed = true;
            connection = _open?.Connection ?? _opening;
        }

        connection?.Kill();
    }

    public async ValueTask DisposeAsync()
    {
        Task<UpstreamOpening>? starting;
        lock (_lock)
        {
            if (_closed)
                return;
            _closed = true;
            starting = _starting;
        }

        await _life.CancelAsync();
        if (starting is not null)
            await starting;
        StdioConnection? connection;
        lock (_lock)
            connection = _open?.Connection;
        if (connection is not null)
            await connection.DisposeAsync();
        _life.Dispose();
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

        try
        {
            if (await EnsureReadyAsync(deadline.Token) is UpstreamOpening.Unavailable unavailable)
            {
                return deadline.Token.IsCancellationRequested
                    ? deadline.Expired(mayHaveActed: false)
                    : new UpstreamAnswer.Failed(unavailable.Kind, unavailable.Detail, MayHaveActed: false);
            }

            StdioConnection? connection;
            lock (_lock)
                connection = _open?.Connection;
            return connection is null
                ? new UpstreamAnswer.Failed(UpstreamFailure.Died, "the server ended before the call was sent", MayHaveActed: false)
                : await connection.CallAsync(call.Method, RequestMeta.ForLegacy(call.Params), deadline);
        }
        finally
        {
            _gate.Leave();
        }
    }

    private async Task<UpstreamOpening> StartAsync()
    {
        var opening = await OpenAsync();
        lock (_lock)
        {
            _starting = null;
            if (opening is UpstreamOpening.Unavailable unavailable && unavailable.Kind != UpstreamFailure.Refused)
            {
                _lastFailure = unavailable.Detail;
                _backoff.Failed();
            }
        }

        return opening;
    }

    private async Task<UpstreamOpening> OpenAsync()
    {
        lock (_lock)
        {
            if (_killed)
                return new UpstreamOpening.Unavailable(UpstreamFailure.Closed, "the server is closed");
        }

        var planned = _planner.Plan(_definition);
        if (planned is not LaunchPlan.Start plan)
            return new UpstreamOpening.Unavailable(UpstreamFailure.Refused, ((LaunchPlan.Refused)planned).Reason);
        _counters.Started();
        lock (_lock)
            _backoff.Started();

        StdioConnection connection;
        try
        {
            var child = await ChildProcess.StartAsync(plan, _launcher, _definition.Limits, _time);
            connection = new StdioConnection(child, _definition.Limits, _counters, () => ToolsChanged?.Invoke());
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or ObjectDisposedException or IOException)
        {
            return new UpstreamOpening.Unavailable(UpstreamFailure.NotStarted, $"the server could not be started: {e.Message}");
        }

        // A kill that came while it was being launched finds it here.
        bool killed;
        lock (_lock)
            (_opening, killed) = (connection, _killed);
        if (killed)
            connection.Kill();
        using var deadline = new CallDeadline(_definition.Limits.StartTimeout, null, _time, _ended);
        var opening = LegacyHandshake.Read(await connection.CallAsync("initialize", LegacyHandshake.Params, deadline));
        if (opening is not UpstreamOpening.Ready ready)
        {
            lock (_lock)
                (_opening, _lastDiagnostics) = (null, connection.Diagnostics);
            _counters.Died();
            await connection.DisposeAsync();
            return opening;
        }

        connection.Notify("notifications/initialized");
        lock (_lock)
            (_open, _opening) = ((connection, ready), null);
        _ = WatchAsync(connection);
        return opening;
    }

    private async Task WatchAsync(StdioConnection connection)
    {
        var end = await connection.Over;
        lock (_lock)
        {
            _open = null;
            if (!_closed)
            {
                _counters.Died();
                _lastFailure = end.Detail;
                _backoff.Failed();
            }
        }

        await connection.DisposeAsync();
        lock (_lock)
        {
            _lastFailure = $"{end.Detail}; {connection.Exit}";
            _lastDiagnostics = connection.Diagnostics;
        }
    }
}
