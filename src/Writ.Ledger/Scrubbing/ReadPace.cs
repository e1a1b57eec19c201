namespace Writ.Ledger.Scrubbing;

/// <summary>Keeps reading below a rate, by waiting. For one reading thread.</summary>
internal sealed class ReadPace(long bytesPerSecond, TimeProvider time, CancellationToken stop)
{
    /// <summary>How far reading may be ahead of its rate: one large read must not wait for itself.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromSeconds(1);

    private readonly long _began = time.GetTimestamp();
    private TimeSpan _due;

    /// <summary>Takes note of what was read, and waits until that much may have been.</summary>
    /// <exception cref="OperationCanceledException">The reading is to end.</exception>
    public void Took(long bytes)
    {
        var now = time.GetElapsedTime(_began);
        _due = (_due > now ? _due : now) + TimeSpan.FromSeconds((double)bytes / bytesPerSecond);
        Wait(_due - now - Ahead);
    }

    /// <summary>Waits on the calling thread.</summary>
    /// <exception cref="OperationCanceledException">The reading is to end.</exception>
    public void Wait(TimeSpan span)
    {
        stop.ThrowIfCancellationRequested();
        if (span <= TimeSpan.Zero)
            return;
        using var over = new ManualResetEventSlim();
        using var timer = time.CreateTimer(static gate => ((ManualResetEventSlim)gate!).Set(), over, span, Timeout.InfiniteTimeSpan);
        over.Wait(stop);
    }
}
