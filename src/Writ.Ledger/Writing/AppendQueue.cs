using Writ.Ledger.Segments;

namespace Writ.Ledger.Writing;

/// <summary>
/// Where producers leave their records: straight into the next batch, under a short lock. Bounded in bytes and count; when full
/// it refuses, it never drops and never blocks. An eighth is kept for reserved appends. Thread safe.
/// </summary>
internal sealed class AppendQueue
{
    // One being filled, one being framed, one being written.
    private const int Buffers = 3;
    private const int ReservedShare = 8;

    private static readonly LedgerFault Full = new(
        LedgerFaultKind.QueueFull,
        "the queue in front of the disk is full: nothing was written, ask again later");

    private readonly object _gate = new();
    private readonly BatchLimits _limits;
    private readonly PendingAppendPool _pool;
    private readonly Stack<BatchBuffer> _free = new(Buffers);
    private BatchBuffer _front;
    private LedgerFault? _closed;
    private ulong _epoch = 1;

    public AppendQueue(BatchLimits limits)
    {
        _limits = limits;
        _pool = new PendingAppendPool(limits.Count);
        _front = new BatchBuffer(limits);
        for (var i = 1; i < Buffers; i++)
            _free.Push(new BatchBuffer(limits));
    }

    /// <summary>Records waiting to be framed. A momentary value.</summary>
    public int Depth => Volatile.Read(ref _front).Count;

    /// <summary>Queues a record, or says why not. Guarded by the bench "ledger".</summary>
    public PendingAppend? TryEnqueue(
        LogicalLog log,
        ReadOnlySpan<byte> record,
        ReadOnlySpan<byte> payload,
        AppendClass appendClass,
        out LedgerFault? refusal)
    {
        lock (_gate)
        {
            refusal = _closed ?? (HasRoom_NeedsLock(log, record.Length, payload.Length, appendClass) ? null : Full);
            if (refusal is not null)
                return null;

            var length = Format.FrameHeaderLength + record.Length;
            var offset = _front.Records.Reserve(length);
            Frame.WriteUnsealed(_front.Records.Frames[offset..], log.Number, record, default);

            int payloadOffset = 0, payloadLength = 0;
            if (!payload.IsEmpty)
            {
                // The record's index is known when it is framed; its place is kept in front of the payload.
                payloadLength = Format.FrameHeaderLength + VaultFrame.IndexLength + payload.Length;
                payloadOffset = _front.Payloads.Reserve(payloadLength);
                Frame.WriteUnsealed(_front.Payloads.Frames[payloadOffset..], log.Number, VaultFrame.NoIndex, payload);
            }

            if (log.QueuedEpoch != _epoch)
            {
                log.QueuedEpoch = _epoch;
                _front.TouchedLogs++;
            }

            var pending = _pool.Rent();
            _front.Add(new QueuedAppend(pending, log, offset, length, payloadOffset, payloadLength, appendClass));
            if (_front.Count == 1)
                Monitor.Pulse(_gate);
            return pending;
        }
    }

    /// <summary>Takes all that is queued, waiting for the first; null once closed and empty.</summary>
    public BatchBuffer? Take()
    {
        lock (_gate)
        {
            while (_front.Count == 0 && _closed is null)
                Monitor.Wait(_gate);
            if (_front.Count == 0)
                return null;
            var taken = _front;
            _front = _free.Pop();
            _epoch++;
            return taken;
        }
    }

    /// <summary>Gives back a buffer whose appends are all answered.</summary>
    public void Recycle(BatchBuffer buffer)
    {
        buffer.Clear();
        lock (_gate)
            _free.Push(buffer);
    }

    /// <summary>Refuses every later append with this fault; the first fault stays. What is queued can still be taken.</summary>
    public void Close(LedgerFault fault)
    {
        lock (_gate)
        {
            _closed ??= fault;
            Monitor.PulseAll(_gate);
        }
    }

    private bool HasRoom_NeedsLock(LogicalLog log, int record, int payload, AppendClass appendClass)
    {
        var kept = appendClass == AppendClass.Reserved ? 0 : 1;
        return _front.Count < _limits.Count - kept * (_limits.Count / ReservedShare)
            && (log.QueuedEpoch == _epoch || _front.TouchedLogs < _limits.TouchedLogs)
            && Fits(_front.Records.Length, Format.FrameHeaderLength + record, _limits.RecordBytes, kept)
            && (payload == 0
                || Fits(_front.Payloads.Length, Format.FrameHeaderLength + VaultFrame.IndexLength + payload, _limits.PayloadBytes, kept));
    }

    // A queue that is empty always takes one: the largest record or payload must not depend on the share kept back.
    private static bool Fits(int used, int more, int bound, int kept) =>
        more <= bound - used && (used == 0 || used + more <= bound - kept * (bound / ReservedShare));
}
