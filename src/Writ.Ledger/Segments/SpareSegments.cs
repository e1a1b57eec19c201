using Writ.Ledger.Disks;

namespace Writ.Ledger.Segments;

/// <summary>
/// Makes the next segment files ahead of need, on a thread of its own: zeros written, flushed, renamed into place, folder
/// flushed. A flush of a batch then touches no metadata, and a full disk shows while there is still room. Thread safe.
/// </summary>
internal sealed class SpareSegments : IDisposable
{
    private const int ChunkLength = 1024 * 1024;
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly object _gate = new();
    private readonly SegmentFolder _folder;
    private readonly TimeProvider _time;
    private readonly int _ahead;
    private readonly Queue<Spare> _ready = [];
    private readonly Thread _thread;
    private ulong _nextNumber;
    private DiskFault? _fault;
    private long _failedAt;
    private bool _stopping;

    public SpareSegments(SegmentFolder folder, long segmentLength, int ahead, ulong nextNumber, IEnumerable<Spare> existing, TimeProvider time)
    {
        _folder = folder;
        _time = time;
        _ahead = ahead;
        SegmentLength = segmentLength;
        foreach (var spare in existing)
            _ready.Enqueue(spare);
        _nextNumber = nextNumber + (ulong)_ready.Count;
        _thread = new Thread(Run) { IsBackground = true, Name = $"Writ ledger spare {folder.Kind}" };
        _thread.Start();
    }

    public long SegmentLength { get; }

    /// <summary>How many bytes of batches the ready spares can take.</summary>
    public long ReadyBytes
    {
        get
        {
            lock (_gate)
            {
                var total = 0L;
                foreach (var spare in _ready)
                    total += spare.Length - Format.SegmentHeaderLength;
                return total;
            }
        }
    }

    /// <summary>Why the last attempt to make a spare failed; null while none has.</summary>
    public DiskFault? Fault
    {
        get
        {
            lock (_gate)
                return _fault;
        }
    }

    /// <summary>The length of the spare that would be taken next; 0 when none is ready.</summary>
    public long NextLength
    {
        get
        {
            lock (_gate)
                return _ready.TryPeek(out var spare) ? spare.Length : 0;
        }
    }

    /// <summary>Takes the next spare if one is ready.</summary>
    public Spare? TryTake()
    {
        lock (_gate)
        {
            if (!_ready.TryDequeue(out var spare))
                return null;
            Monitor.PulseAll(_gate);
            return spare;
        }
    }

    /// <summary>Waits while a spare is being made; false at once when none will come (the last attempt failed, or all are made).</summary>
    public bool WaitForOneMore()
    {
        lock (_gate)
        {
            var had = _ready.Count;
            while (_ready.Count <= had && _ready.Count < _ahead && _fault is null && !_stopping)
                Monitor.Wait(_gate);
            return _ready.Count > had;
        }
    }

    /// <summary>After a failure: asks for another attempt, at most once a second. Somebody may have made room.</summary>
    public void TryAgain()
    {
        lock (_gate)
        {
            if (_fault is null || _time.GetElapsedTime(_failedAt) < RetryAfter)
                return;
            _fault = null;
            Monitor.PulseAll(_gate);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _stopping = true;
            Monitor.PulseAll(_gate);
        }

        _thread.Join();
        foreach (var spare in _ready)
            spare.File.Dispose();
        _ready.Clear();
    }

    private void Run()
    {
        while (true)
        {
            ulong number;
            lock (_gate)
            {
                while (!_stopping && (_ready.Count >= _ahead || _fault is not null))
                    Monitor.Wait(_gate);
                if (_stopping)
                    return;
                number = _nextNumber;
            }

            var fault = Make(number, out var file);
            lock (_gate)
            {
                if (file is not null)
                {
                    _nextNumber++;
                    _ready.Enqueue(new Spare(number, file, SegmentLength));
                }
                else if (fault is not null)
                {
                    (_fault, _failedAt) = (fault, _time.GetTimestamp());
                }

                Monitor.PulseAll(_gate);
            }
        }
    }

    private DiskFault? Make(ulong number, out IDiskFile? ready)
    {
        ready = null;
        var path = _folder.PathOf(number);
        var unfinished = path + SegmentFolder.UnfinishedSuffix;
        if (_folder.Disk.Delete(unfinished) is { IsNoEntry: false } left)
            return left;
        if (!_folder.Disk.TryOpen(unfinished, DiskAccess.Create, out var file, out var fault))
            return fault;

        using (file)
            fault = Zero(file);
        if (fault is not null || _stopping)
        {
            // What little a full disk has left is wanted elsewhere; failing to free it changes nothing.
            _folder.Disk.Delete(unfinished);
            return fault;
        }

        fault = _folder.Disk.Rename(unfinished, path) ?? _folder.Disk.FlushFolder(_folder.Path);
        if (fault is null)
            _folder.Disk.TryOpen(path, DiskAccess.Write, out ready, out fault);
        return fault;
    }

    private DiskFault? Zero(IDiskFile file)
    {
        var zeros = new byte[Math.Min(ChunkLength, SegmentLength)];
        for (var offset = 0L; offset < SegmentLength && !_stopping; offset += zeros.Length)
        {
            // Flushing chunk by chunk keeps the device's queue short: the log's own flushes come in between.
            var part = zeros.AsSpan(0, (int)Math.Min(zeros.Length, SegmentLength - offset));
            if ((file.Write(offset, part) ?? file.Flush()) is { } fault)
                return fault;
        }

        return null;
    }
}
