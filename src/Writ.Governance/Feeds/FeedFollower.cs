using Writ.Governance.Organizations;
using Writ.Governance.Querying;
using Writ.Ledger;
using Writ.Ledger.Checkpoints;

namespace Writ.Governance.Feeds;

/// <summary>
/// Sends the records of one log out, in order, each at least once: the place it has come to is kept after what lies before it was taken, so that
/// a crash sends a batch again and leaves none out. What is not taken is tried again for as long as it takes; nothing is dropped. It reads what is
/// durable and is waited for by nobody. <see cref="State"/> may be read from any thread.
/// </summary>
/// <param name="organization">Whose log.</param>
/// <param name="find">The log; null while the organization has none.</param>
/// <param name="wanted">Which records are sent; see <see cref="FeedReader"/>. Null for all.</param>
/// <param name="begin">Where to begin where no cursor was kept.</param>
/// <param name="cursor">Where the place it has come to is kept.</param>
/// <param name="sink">Where records go.</param>
/// <param name="options">How it is followed.</param>
/// <param name="time">The clock.</param>
/// <param name="jitter">Numbers from 0 to 1 that spread tries.</param>
public sealed class FeedFollower(
    OrganizationId organization, Func<LogicalLog?> find, Func<ulong, ulong, LiveSelection?>? wanted, ulong begin,
    FeedCursorFile cursor, IFeedSink sink, FeedOptions options, TimeProvider time, Func<double> jitter)
{
    private static readonly TimeSpan LogWait = TimeSpan.FromSeconds(1);

    private readonly FeedBackoff _backoff = new(options.FirstWait, options.LongestWait, jitter);
    private FeedState _state = new() { Position = begin };
    private ulong _kept;

    /// <summary>How it stands now.</summary>
    public FeedState State
    {
        get
        {
            var state = Volatile.Read(ref _state);
            var size = find()?.Head.Size ?? 0;
            return state with { Behind = size - Math.Min(size, state.Position) };
        }
    }

    /// <summary>Follows until it is cancelled or the feed has to stop. Does not throw.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        try
        {
            if (await OpenAsync(cancellation) is { } log)
                await FollowAsync(log, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Stopping. What was on its way comes again.
        }
        catch (Exception problem) when (problem is not OutOfMemoryException)
        {
            // One feed that cannot go on keeps no other.
            Stop(FeedCodes.LogUnreadable, problem.Message);
        }
    }

    /// <summary>The log, found to be the one that was followed; null where it is not, and the feed has stopped.</summary>
    private async ValueTask<LogicalLog?> OpenAsync(CancellationToken cancellation)
    {
        if (!cursor.TryRead(out var kept, out var fault))
            return Stop(FeedCodes.CursorUnusable, fault);
        LogicalLog? log;
        while ((log = find()) is null && kept is null)
            await Task.Delay(LogWait, time, cancellation);
        if (log is null || kept?.Origin is { } origin && origin != log.Origin)
            return Stop(FeedCodes.LogDiffers, $"the log {kept!.Origin} that was followed is not there");
        _kept = kept?.Size ?? begin;
        if (_kept > log.Head.Size)
            return Stop(FeedCodes.LogDiffers, $"the feed had come to record {_kept} of {log.Origin}, which has {log.Head.Size}");
        if (kept is not null && log.RootAt(kept.Size) is var root && root != kept.Root)
            return root is null
                ? Stop(FeedCodes.LogUnreadable, $"the root of {log.Origin} at {kept.Size} cannot be made")
                : Stop(FeedCodes.LogDiffers, $"the first {kept.Size} records of {log.Origin} are not those that were sent");
        Become(state => state with { Position = _kept });
        return log;
    }

    private async Task FollowAsync(LogicalLog log, CancellationToken cancellation)
    {
        var reader = new FeedReader(log, wanted, options, time);
        while (true)
        {
            FeedRange range;
            try
            {
                range = await reader.NextAsync(_state.Position, cancellation);
            }
            catch (InvalidDataException problem)
            {
                await WaitAsync(new FeedDelivery.Failed(FeedCodes.LogUnreadable, problem.Message), cancellation);
                continue;
            }

            if (!range.Records.IsEmpty && !await DeliverAsync(new FeedBatch(organization, log.Origin, range.Records), cancellation))
                return;
            Become(state => state with { Position = range.End });
            if (!range.Records.IsEmpty || range.End - _kept >= FeedOptions.Step)
                Keep(log, range.End);
        }
    }

    /// <summary>True once the batch was taken; false when the other side wants nothing more.</summary>
    private async ValueTask<bool> DeliverAsync(FeedBatch batch, CancellationToken cancellation)
    {
        while (true)
        {
            switch (await TryAsync(batch, cancellation))
            {
                case FeedDelivery.Done:
                    Become(state => new FeedState
                    {
                        Standing = FeedStanding.Following,
                        Position = state.Position,
                        Delivered = state.Delivered + batch.Records.Length,
                        DeliveredAt = time.GetUtcNow(),
                    });
                    return true;
                case FeedDelivery.Failed failed:
                    await WaitAsync(failed, cancellation);
                    break;
                case FeedDelivery.Ended ended:
                    Stop(ended.Code, ended.Detail);
                    return false;
                default:
                    throw new InvalidOperationException();
            }
        }
    }

    private async ValueTask<FeedDelivery> TryAsync(FeedBatch batch, CancellationToken cancellation)
    {
        using var late = new CancellationTokenSource(options.DeliveryTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, late.Token);
        try
        {
            return await sink.DeliverAsync(batch, either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new FeedDelivery.Failed(FeedCodes.NotTaken, $"no answer within {options.DeliveryTimeout.TotalSeconds:0} s");
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            // A bug in a sink must not end a feed without a word.
            return new FeedDelivery.Failed(FeedCodes.NotTaken, $"sending failed inside Writ ({problem.GetType().Name})");
        }
    }

    private Task WaitAsync(FeedDelivery.Failed failed, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var since = _state.FailingSince ?? now;
        var wait = _backoff.After(_state.Failures + 1, failed.After);
        Become(state => state with
        {
            Standing = now - since >= options.StalledAfter ? FeedStanding.Stalled : FeedStanding.Retrying,
            Failures = state.Failures + 1,
            FailingSince = since,
            NextTryAt = now + wait,
            Code = failed.Code,
            Error = failed.Detail,
        });
        return Task.Delay(wait, time, cancellation);
    }

    /// <summary>A place that cannot be kept holds nothing up: after a restart more comes again than had to.</summary>
    private void Keep(LogicalLog log, ulong size)
    {
        var fault = log.RootAt(size) is { } root ? cursor.Write(new Checkpoint(log.Origin, size, root)) : $"the root at {size} cannot be made";
        if (fault is null)
            _kept = size;
        else
            Become(state => state with { Code = FeedCodes.CursorUnusable, Error = fault });
    }

    private LogicalLog? Stop(string code, string why)
    {
        Become(state => state with { Standing = FeedStanding.Stopped, Code = code, Error = why, NextTryAt = null });
        return null;
    }

    /// <summary>Only the one that runs changes the state.</summary>
    private void Become(Func<FeedState, FeedState> change) => Volatile.Write(ref _state, change(_state));
}
