using Writ.Crypto.Signing;
using Writ.Ledger.Disks;
using Writ.Ledger.Recovery;
using Writ.Ledger.Scrubbing;
using Writ.Ledger.Segments;

namespace Writ.Ledger.Hashes;

/// <summary>
/// Makes the hashes of full segments on a thread of its own, in order, slowly while the ledger is written to. What cannot be made is left
/// out: a proof then reads the records, and an opening the segment.
/// </summary>
internal sealed class HashKeeper : IDisposable
{
    private const long BusyBytesPerSecond = 16 * 1024 * 1024;
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly HashSet<(SegmentKind, ulong)> _seen = [];
    private readonly MerkleLedger _ledger;
    private readonly HashFolder _folder;
    private readonly Ed25519PrivateKey _key;
    private readonly ReadPace _pace;
    private readonly Thread _thread;
    private long _flushes;

    public HashKeeper(MerkleLedger ledger, HashFolder folder, Ed25519PrivateKey key, IEnumerable<(SegmentKind, ulong)> kept)
    {
        (_ledger, _folder, _key) = (ledger, folder, key);
        _seen.UnionWith(kept);
        _pace = new ReadPace(BusyBytesPerSecond, ledger.Time, _stop.Token);
        _thread = new Thread(Run) { IsBackground = true, Name = "Writ ledger hashes" };
    }

    /// <summary>How many full segments are yet to be looked at.</summary>
    public ulong Behind
    {
        get
        {
            lock (_gate)
                return _ledger.SealedSegments(SegmentKind.Records) + _ledger.SealedSegments(SegmentKind.Vault) - (ulong)_seen.Count;
        }
    }

    public void Start() => _thread.Start();

    /// <summary>Payloads were removed: full segments of the vault are no longer what they were.</summary>
    public void ForgetVault()
    {
        lock (_gate)
            _seen.RemoveWhere(segment => segment.Item1 == SegmentKind.Vault);
    }

    /// <summary>Makes nothing more; what is under way is given up.</summary>
    public void Stop()
    {
        _stop.Cancel();
        if (_thread.IsAlive)
            _thread.Join();
    }

    public void Dispose() => _stop.Dispose();

    private void Run()
    {
        try
        {
            while (true)
            {
                foreach (var kind in Enum.GetValues<SegmentKind>())
                    KeepAll(kind);
                _pace.Wait(Period);
            }
        }
        catch (OperationCanceledException)
        {
            // Closing; what is not made is made after the next opening.
        }
    }

    private void KeepAll(SegmentKind kind)
    {
        for (var number = kind == SegmentKind.Records ? _ledger.PrunedSegments + 1 : 1; number <= _ledger.SealedSegments(kind); number++)
        {
            lock (_gate)
            {
                if (_seen.Contains((kind, number)))
                    continue;
            }

            Keep(kind, number);
            lock (_gate)
                _seen.Add((kind, number));
        }
    }

    private void Keep(SegmentKind kind, ulong number)
    {
        var segments = _ledger.FolderOf(kind);
        if (StampOf(segments, number) is not { } stamp)
            return;
        if (_folder.IsCurrent(segments, number, stamp))
        {
            // The opening may have read the segment although its hashes are there: then they are not known yet.
            if (_folder.Load(segments, number, out _) is { } kept)
                Add(kept, number);
            return;
        }

        ScannedSegment segment;
        using (var scanner = new SegmentScanner(new SegmentFolder(new PacedDisk(_ledger.Disk, Took), _ledger.DataFolder, kind)))
            segment = scanner.Scan(number);
        // Damage is for the scrubber to tell; a segment that changed meanwhile is looked at again after the next opening.
        if (segment.Damage.Count > 0 || segment.Header?.Number != number || StampOf(segments, number) != stamp)
            return;
        var bytes = SegmentHashes.Write(segment, stamp, _key);
        if (_folder.Write(segments, number, bytes) is not null || SegmentHashes.Read(bytes, kind, [_key.PublicKey]) is not { } hashes)
            return;
        Add(hashes, number);
    }

    private void Add(SegmentHashes hashes, ulong number)
    {
        foreach (var run in hashes.Runs)
            _ledger.LogOf(run.Log)?.Hashes!.Add(in run, number);
    }

    private FileStamp? StampOf(SegmentFolder segments, ulong number)
    {
        if (!_ledger.Disk.TryOpen(segments.PathOf(number), DiskAccess.Read, out var file, out _))
            return null;
        using (file)
            return file.Stamp;
    }

    /// <summary>An idle ledger has time; one that is written to since the last read shares the processor.</summary>
    private void Took(long bytes)
    {
        var flushes = _ledger.FlushTimes.Read().Counts.Sum();
        if (flushes != _flushes)
            _pace.Took(bytes);
        _stop.Token.ThrowIfCancellationRequested();
        _flushes = flushes;
    }
}
