using Writ.Ledger.Disks;

namespace Writ.Ledger.Segments;

/// <summary>
/// Makes the next segment files ahead of need, on a thread of its own: zeros written, flushed, renamed into place, folder
/// flushed. A flush of a batch then touches no metadata, and a full disk shows while there is still room. Thread safe.
/// </summary>
internal sealed class SpareSegments : IDisposable
{
    // Short enough that a flush of the log never waits long behind one.
    private const int ChunkLength = 256 * 1024;
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

    /// <summary>What is ready now.</summary>
    public ReadySpares Ready
    {
        get
        {
            lock (_gate)
            {
                var total = 0L;
                foreach (var spare in _ready)
                    total += spare.Length - Format.SegmentHeaderLength;
                return new ReadySpares(_ready.Count, total, _ready.TryPeek(out var next) ? next.Length - Format.SegmentHeaderLength : 0, _fault);
            }
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

    /// <summary>Waits while a spare is being made; false at once when no more will come (the last attempt failed, or all are made).</summary>
    public bool WaitForMoreThan(int count)
    {
        lock (_gate)
        {
            while (_ready.Count <= count && _ready.Count < _ahead && _fault is null && !_stopping)
                Monitor.Wait(_gate);
            return _ready.Count > count;
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
        if (!_folder.Disk.TryOpen(unfinished, DiskAccess.CreateUncached, out var file, out var fault))
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
            _folder.Disk.TryOpen(path, DiskAccess.WriteUncached, out ready, out fault);
        return fault;
    }

    private DiskFault? Zero(IDiskFile file)
    {
        // One chunk at a time, past the cache: the log's own flushes come in between and find nothing of this to write.
        var chunk = (int)Math.Min(ChunkLength, SegmentLength);
        var zeros = new AlignedMemory(chunk).Span;
        for (var offset = 0L; offset < SegmentLength && !_stopping; offset += chunk)
        {
            if (file.Write(offset, zeros[..(int)Math.Min(chunk, SegmentLength - offset)]) is { } fault)
                return fault;
        }

        return file.Flush();
    }
}
