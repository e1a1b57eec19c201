using Writ.Ledger.Writing;

namespace Writ.Ledger.Checkpoints;

/// <summary>
/// Has checkpoints signed when enough records or enough time have passed, on the thread pool, one round at a time. A round that
/// fails is told in <see cref="Fault"/> and tried again when the next is due. Thread safe.
/// </summary>
internal sealed class CheckpointSchedule(MerkleLedger ledger, LedgerOptions options) : IThreadPoolWorkItem
{
    private readonly object _round = new();
    private ITimer? _timer;
    private LedgerFault? _fault;
    private bool _stopped;
    private int _scheduled;

    public LedgerFault? Fault => Volatile.Read(ref _fault);

    public void Start()
    {
        if (options.CheckpointInterval > TimeSpan.Zero)
            _timer = options.Time.CreateTimer(
                static state => ((CheckpointSchedule)state!).Execute(),
                this,
                options.CheckpointInterval,
                options.CheckpointInterval);
    }

    /// <summary>Called by the writer after each batch.</summary>
    public void Published(IReadOnlyList<FramedLog> logs)
    {
        if (options.CheckpointEveryRecords == 0)
            return;
        for (var i = 0; i < logs.Count; i++)
        {
            if (logs[i].Head.Size - logs[i].Log.SignedSize >= options.CheckpointEveryRecords
                && Interlocked.Exchange(ref _scheduled, 1) == 0)
                ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    /// <summary>One round over all logs with new records; nothing when a round is under way.</summary>
    public void Execute()
    {
        if (!Monitor.TryEnter(_round))
            return;
        try
        {
            Volatile.Write(ref _scheduled, 0);
            if (_stopped)
                return;
            LedgerFault? fault = null;
            foreach (var log in ledger.Logs)
            {
                var now = options.Time.GetTimestamp();
                if (log.Head.Size == log.SignedSize)
                {
                    log.CoveredAt = now;
                    continue;
                }

                if (ledger.SignCheckpoint(log) is CheckpointSigning.Refused refused)
                    fault ??= refused.Fault;
            }

            Volatile.Write(ref _fault, fault);
        }
        finally
        {
            Monitor.Exit(_round);
        }
    }

    /// <summary>Ends the rounds; returns when none is under way.</summary>
    public void Stop()
    {
        _timer?.Dispose();
        lock (_round)
            _stopped = true;
    }
}
