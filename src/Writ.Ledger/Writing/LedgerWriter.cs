using Writ.Ledger.Reading;
using Writ.Ledger.Disks;
using Writ.Ledger.Segments;

namespace Writ.Ledger.Writing;

/// <summary>
/// Group commit on two equal threads. Each takes what is queued, frames it under the framing lock, and passes to the disk lock
/// before letting the next one frame: so batches stay in order, one is framed while the other is flushed, and an idle ledger
/// answers without handing a batch from thread to thread. There is no timer: the flush is the clock.
/// </summary>
internal sealed class LedgerWriter
{
    private readonly object _framing = new();
    private readonly object _disk = new();
    private readonly AppendQueue _queue;
    private readonly BatchFramer _framer;
    private readonly Action<IReadOnlyList<FramedLog>> _published;
    private readonly LatencyHistogram _flushTimes;
    private readonly TimeProvider _time;
    private readonly Thread[] _threads;
    private LedgerFault? _fence;
    private ulong _recordsSegment;
    private ulong _vaultSegment;

    public LedgerWriter(
        AppendQueue queue, BatchFramer framer, Action<IReadOnlyList<FramedLog>> published, LatencyHistogram flushTimes, TimeProvider time)
    {
        _queue = queue;
        _framer = framer;
        _published = published;
        (_flushTimes, _time) = (flushTimes, time);
        _threads = [NewThread(1), NewThread(2)];
    }

    /// <summary>Why nothing more is written; null while all is well.</summary>
    public LedgerFault? Fence => Volatile.Read(ref _fence);

    /// <summary>The segment of a family with its last durable batch: those before it are never appended to again. 0 when there is none.</summary>
    public ulong LastSegment(SegmentKind kind) => Volatile.Read(ref kind == SegmentKind.Records ? ref _recordsSegment : ref _vaultSegment);

    /// <summary>Goes on from the segments that recovery found.</summary>
    public void Resume(ulong recordsSegment, ulong vaultSegment) => (_recordsSegment, _vaultSegment) = (recordsSegment, vaultSegment);

    public void Start()
    {
        foreach (var thread in _threads)
            thread.Start();
    }

    /// <summary>Waits until everything queued is answered; the queue must have been closed.</summary>
    public void Join()
    {
        foreach (var thread in _threads)
            thread.Join();
    }

    /// <summary>Writes nothing more, for a reason that is not the disk's. What is under way is finished; what is queued is refused.</summary>
    public void Stop(LedgerFault why)
    {
        if (Interlocked.CompareExchange(ref _fence, why, null) is null)
            _queue.Close(why);
    }

    private Thread NewThread(int number) => new(Run) { IsBackground = true, Name = $"Writ ledger writer {number}" };

    private void Run()
    {
        var framed = new FramedBatch();
        while (true)
        {
            LedgerFault? fault;
            BatchBuffer? buffer;
            lock (_framing)
            {
                buffer = _queue.Take();
                if (buffer is null)
                    return;
                var alive = _fence is null;
                if (alive && !_framer.TryFrame(buffer, framed))
                {
                    _queue.Recycle(buffer);
                    continue;
                }

                if (!alive)
                    framed.Reset(buffer);
                Monitor.Enter(_disk);
            }

            try
            {
                fault = _fence ?? WriteAndFlush(framed);
            }
            finally
            {
                Monitor.Exit(_disk);
            }

            Answer(framed, fault);
            _queue.Recycle(buffer);
        }
    }

    private LedgerFault? WriteAndFlush(FramedBatch framed)
    {
        var fault = framed.VaultHeaderLength > 0 ? WriteVault(framed) : null;
        fault ??= framed.RecordsPlace.Write(framed.Buffer.Records.Batch(framed.RecordsHeaderLength))
            ?? Flush(framed.RecordsPlace.File);
        framed.RecordsPlace.Retired?.Dispose();
        if (fault is not null)
            return RaiseFence(fault);

        Publish(framed);
        return null;
    }

    private DiskFault? WriteVault(FramedBatch framed)
    {
        // The payload is durable no later than its record.
        var fault = framed.VaultPlace.Write(framed.Buffer.Payloads.Batch(framed.VaultHeaderLength))
            ?? Flush(framed.VaultPlace.File);
        framed.VaultPlace.Retired?.Dispose();
        return fault;
    }

    private DiskFault? Flush(IDiskFile file)
    {
        var began = _time.GetTimestamp();
        var fault = file.Flush();
        _flushTimes.Add(_time.GetElapsedTime(began));
        return fault;
    }

    private LedgerFault RaiseFence(DiskFault cause)
    {
        // After a failed flush the page cache may show what the disk does not have: nothing is tried again, a reopen reads the disk.
        Volatile.Write(ref _fence, new LedgerFault(
            LedgerFaultKind.Fenced,
            $"an earlier write failed ({cause}): nothing is written until the ledger is opened again"));
        _queue.Close(_fence!);
        return new LedgerFault(LedgerFaultKind.FlushFailed, $"{cause}: whether the record is on disk is known after the next open");
    }

    private void Publish(FramedBatch framed)
    {
        Volatile.Write(ref _recordsSegment, framed.RecordsPlace.Segment);
        if (framed.VaultHeaderLength > 0)
            Volatile.Write(ref _vaultSegment, framed.VaultPlace.Segment);
        foreach (var (log, first, _) in framed.VaultLogs)
            log.PayloadIndex.Add(new BatchLocation(first, framed.VaultPlace.Segment, framed.VaultPlace.Offset));
        foreach (var (log, first, head) in framed.Logs)
            log.Publish(head, new BatchLocation(first, framed.RecordsPlace.Segment, framed.RecordsPlace.Offset));
        _published(framed.Logs);
    }

    private static void Answer(FramedBatch framed, LedgerFault? fault)
    {
        var appends = framed.Buffer.Appends;
        var failed = fault is null ? default : new AppendResult(fault);
        for (var i = 0; i < appends.Length; i++)
        {
            var result = fault is null ? new AppendResult(framed.Indexes[i], in framed.Leaves[i]) : failed;
            appends[i].Pending.Complete(in result);
        }
    }
}
