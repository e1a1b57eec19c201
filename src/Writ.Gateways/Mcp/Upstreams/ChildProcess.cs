using System.Diagnostics;
using System.Threading.Channels;

namespace Writ.Gateways.Mcp.Upstreams;

/// <summary>
/// A running child and its three streams, each served by a thread of its own: reads and writes of pipes block, and a
/// silent or deaf child must not hold threads of the shared pool. Thread safe.
/// </summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private const int StackBytes = 256 * 1024;
    private const int MaxOutbound = 1_024;

    // By this what an unconfined server leaves behind is found again; a namespace needs no such help.
    private const string Mark = "WRIT_UPSTREAM";

    private readonly Process _process;
    private readonly bool _sandboxed;
    private readonly UpstreamLimits _limits;
    private readonly TimeProvider _time;
    private readonly Channel<Outbound> _outbound = Channel.CreateBounded<Outbound>(new BoundedChannelOptions(MaxOutbound) { SingleReader = true });
    private readonly TaskCompletionSource _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly int _id;
    private readonly string _mark;

    private ChildProcess(Process process, string mark, bool sandboxed, UpstreamLimits limits, TimeProvider time)
    {
        _process = process;
        _mark = mark;
        _sandboxed = sandboxed;
        _limits = limits;
        _time = time;
        _id = process.Id;
        Stderr = new StderrTail(limits.StderrBytes);
    }

    public StderrTail Stderr { get; }

    /// <summary>Completes when the process has ended, whatever its descendants do.</summary>
    public Task Exited => _exited.Task;

    /// <summary>How it ended, once it has; for operators.</summary>
    public string Ending { get; private set; } = "it is running";

    /// <summary>Starts it. Throws what <see cref="Process.Start()"/> throws.</summary>
    public static async Task<ChildProcess> StartAsync(LaunchPlan.Start plan, ChildLauncher launcher, UpstreamLimits limits, TimeProvider time)
    {
        var start = new ProcessStartInfo(plan.Program)
        {
            UseShellExecute = false,
            WorkingDirectory = plan.Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in plan.Arguments)
            start.ArgumentList.Add(argument);
        start.Environment.Clear();
        foreach (var (name, value) in plan.Environment)
            start.Environment[name] = value;
        var mark = Guid.NewGuid().ToString();
        if (!plan.Sandboxed)
            start.Environment[Mark] = mark;
        return new ChildProcess(await launcher.StartAsync(start), $"{Mark}={mark}", plan.Sandboxed, limits, time);
    }

    /// <summary>
    /// Begins to serve the streams. <paramref name="line"/> gets each line of standard output on the reading thread;
    /// <paramref name="ended"/> is called once, with the failure, when the output ends or breaks a bound.
    /// </summary>
    public void Serve(Action<ReadOnlyMemory<byte>> line, Action<UpstreamFailure> ended)
    {
        _ = WatchAsync();
        Begin("upstream output", () => Read(line, ended));
        Begin("upstream errors", ReadErrors);
        Begin("upstream input", Write);
    }

    /// <summary>Queues a message; false when the child does not take its input fast enough, or has ended.</summary>
    public bool TrySend(Outbound message) => _outbound.Writer.TryWrite(message);

    /// <summary>Ends it and all it started, at once.</summary>
    public void Kill()
    {
        if (!_sandboxed)
            ProcessTree.KillGroup(_id, _mark);
        try
        {
            // The end of bubblewrap ends the first process of its namespace, and with that all others in it.
            _process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It has ended already.
        }
    }

    /// <summary>Ends it politely: closes its input, waits, asks, waits, kills the whole group.</summary>
    public async ValueTask DisposeAsync()
    {
        _outbound.Writer.TryComplete();
        if (!await EndsWithinGraceAsync())
        {
            if (_sandboxed)
                ProcessTree.TerminateBelow(_id);
            else
                ProcessTree.TerminateGroup(_id);
            await EndsWithinGraceAsync();
        }

        Kill();
        await _exited.Task;
        _process.Dispose();
    }

    private async Task<bool> EndsWithinGraceAsync()
    {
        try
        {
            await _exited.Task.WaitAsync(_limits.StopGrace, _time);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private async Task WatchAsync()
    {
        await _process.WaitForExitAsync();
        Ending = $"it ended with exit code {_process.ExitCode}";
        _outbound.Writer.TryComplete();
        _exited.SetResult();
    }

    private void Read(Action<ReadOnlyMemory<byte>> line, Action<UpstreamFailure> ended)
    {
        var failure = UpstreamFailure.Died;
        try
        {
            var output = _process.StandardOutput.BaseStream;
            var splitter = new LineSplitter(_limits.MaxMessageBytes);
            var buffer = new byte[64 * 1024];
            for (int read; (read = output.Read(buffer)) > 0;)
            {
                if (splitter.Take(buffer.AsSpan(0, read), line))
                    continue;
                failure = UpstreamFailure.TooLarge;
                break;
            }
        }
        catch (IOException)
        {
            // A broken pipe is an end like any other.
        }
        catch (ObjectDisposedException)
        {
        }

        ended(failure);
    }

    private void ReadErrors()
    {
        try
        {
            var errors = _process.StandardError.BaseStream;
            var buffer = new byte[16 * 1024];
            for (int read; (read = errors.Read(buffer)) > 0;)
                Stderr.Take(buffer.AsSpan(0, read));
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The stream is gone with its process.
        }
    }

    private void Write()
    {
        try
        {
            using var input = _process.StandardInput.BaseStream;
            while (_outbound.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
            {
                while (_outbound.Reader.TryRead(out var next))
                {
                    if (next.Call is not null && !next.Call.TryMarkSent())
                        continue;
                    input.Write([.. next.Message, (byte)'\n']);
                    input.Flush();
                }
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The child closed its input; the end of its output is what counts.
        }
    }

    private static void Begin(string name, Action body) =>
        new Thread(() => body(), StackBytes) { IsBackground = true, Name = name }.Start();
}
