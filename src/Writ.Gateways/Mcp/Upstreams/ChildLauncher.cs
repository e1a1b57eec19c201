using System.Diagnostics;
using System.Threading.Channels;

namespace Writ.Gateways.Mcp.Upstreams;

/// <summary>
/// Starts child processes from one thread that lives as long as they do. bubblewrap's --die-with-parent is bound to the
/// thread that forked: started from a pool thread, a server would be killed whenever the pool shrinks. Thread safe.
/// </summary>
public sealed class ChildLauncher : IDisposable
{
    private readonly Channel<(ProcessStartInfo Start, TaskCompletionSource<Process> Started)> _orders =
        Channel.CreateUnbounded<(ProcessStartInfo, TaskCompletionSource<Process>)>();

    /// <summary>Starts the thread.</summary>
    public ChildLauncher() => new Thread(Run) { IsBackground = true, Name = "child launcher" }.Start();

    /// <summary>Ends the thread, and with it what it started; the owner stops its children first.</summary>
    public void Dispose() => _orders.Writer.TryComplete();

    /// <summary>Starts a process; the task fails as <see cref="Process.Start()"/> does, or when this is disposed.</summary>
    internal Task<Process> StartAsync(ProcessStartInfo start)
    {
        var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!_orders.Writer.TryWrite((start, started)))
            started.SetException(new ObjectDisposedException(nameof(ChildLauncher)));
        return started.Task;
    }

    private void Run()
    {
        while (_orders.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (_orders.Reader.TryRead(out var order))
            {
                try
                {
                    order.Started.SetResult(Process.Start(order.Start)!);
                }
                catch (Exception e)
                {
                    order.Started.SetException(e);
                }
            }
        }
    }
}
