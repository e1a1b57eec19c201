using System.Threading.Channels;
using Writ.Governance.Decisions;

namespace Writ.Governance.Policies.Lifecycle.Shadow;

/// <summary>
/// Evaluates candidates after the decisions were given, one at a time, beside everything else. Bounded by number, by candidate and by
/// bytes; what does not fit is dropped and counted, and nobody waits. Thread safe.
/// </summary>
internal sealed class ShadowQueue : IDisposable
{
    /// <summary>The most evaluations that wait.</summary>
    public const int MaxWaiting = 4_096;

    /// <summary>The most of one candidate, so that no organization takes the room of another.</summary>
    public const int MaxOfOneCandidate = 512;

    /// <summary>The most bytes of arguments that wait.</summary>
    public const long MaxBytes = 64 << 20;

    private readonly Channel<Evaluation> _channel = Channel.CreateBounded<Evaluation>(new BoundedChannelOptions(MaxWaiting) { SingleReader = true });
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _worker;
    private long _bytes;

    public ShadowQueue() => _worker = Task.Run(WorkAsync);

    /// <summary>Takes an evaluation, or drops it.</summary>
    public void Add(ShadowTrial trial, ActionRequest request, BundleCandidate candidate, GateResult decided)
    {
        var bytes = request.Arguments.Canonical.Length;
        if (trial.Enter(MaxOfOneCandidate))
        {
            if (Interlocked.Add(ref _bytes, bytes) <= MaxBytes && _channel.Writer.TryWrite(new Evaluation(trial, request, candidate, decided, bytes, null)))
                return;
            Interlocked.Add(ref _bytes, -bytes);
            trial.Leave();
        }

        trial.Tally.Drop(request.Facts.Time);
    }

    /// <summary>Completes when everything that was added before was evaluated.</summary>
    public async Task SettleAsync(CancellationToken cancellation)
    {
        var settled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await _channel.Writer.WriteAsync(new Evaluation(null!, null!, null!, null!, 0, settled), cancellation);
        await settled.Task.WaitAsync(cancellation);
    }

    public void Dispose()
    {
        _channel.Writer.TryComplete();
        _stop.Cancel();
        _worker.Wait();
        _stop.Dispose();
    }

    private async Task WorkAsync()
    {
        try
        {
            await foreach (var next in _channel.Reader.ReadAllAsync(_stop.Token))
            {
                if (next.Settled is { } settled)
                {
                    settled.SetResult();
                    continue;
                }

                await next.Trial.EvaluateAsync(next.Request, next.Candidate, next.Decided);
                next.Trial.Leave();
                Interlocked.Add(ref _bytes, -next.Bytes);
            }
        }
        catch (OperationCanceledException)
        {
            // Stopping: what waits is not evaluated.
        }
    }

    private readonly record struct Evaluation(
        ShadowTrial Trial, ActionRequest Request, BundleCandidate Candidate, GateResult Decided, int Bytes, TaskCompletionSource? Settled);
}
