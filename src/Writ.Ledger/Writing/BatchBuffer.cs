namespace Writ.Ledger.Writing;

/// <summary>What one group commit is made of. Filled under the queue's lock, then owned by one writer thread at a time.</summary>
internal sealed class BatchBuffer(BatchLimits limits)
{
    private QueuedAppend[] _appends = new QueuedAppend[64];

    public FrameBuffer Records { get; } = new(limits.Headroom, limits.RecordBytes);

    public FrameBuffer Payloads { get; } = new(limits.Headroom, limits.PayloadBytes);

    public int Count { get; private set; }

    /// <summary>How many different logs have records here.</summary>
    public int TouchedLogs { get; set; }

    public Span<QueuedAppend> Appends => _appends.AsSpan(0, Count);

    public bool IsFull => Count == limits.Count;

    public void Add(in QueuedAppend append)
    {
        if (Count == _appends.Length)
            Array.Resize(ref _appends, Math.Min(2 * _appends.Length, limits.Count));
        _appends[Count++] = append;
    }

    /// <summary>Keeps the first <paramref name="count"/> appends.</summary>
    public void Truncate(int count)
    {
        Appends[count..].Clear();
        Count = count;
    }

    public void Clear()
    {
        Truncate(0);
        Records.Truncate(0);
        Payloads.Truncate(0);
        TouchedLogs = 0;
    }
}
