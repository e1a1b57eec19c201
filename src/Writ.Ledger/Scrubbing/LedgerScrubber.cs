using Writ.Ledger.Disks;
using Writ.Ledger.Segments;
using Writ.Ledger.Verification;

namespace Writ.Ledger.Scrubbing;

/// <summary>
/// Reads the full segments of an open ledger again and again, slowly, from the device, so that a disk that loses bytes is noticed while
/// there still is a copy. It stops nothing and repairs nothing: new records are as durable as before, and a proof that needs what was
/// lost fails by itself. Opening a ledger reads full segments only where their hashes do not spare it; this reads them all. Its state is thread safe.
/// </summary>
public sealed class LedgerScrubber
{
    private readonly MerkleLedger _ledger;
    private readonly ScrubOptions _options;
    private readonly Action<Finding> _found;
    private readonly SortedDictionary<(SegmentKind, ulong), IReadOnlyList<Finding>> _damage = [];
    private ScrubState _state = new();

    /// <summary>Reads nothing yet.</summary>
    /// <param name="ledger">The ledger; it has to stay open until <see cref="RunAsync"/> ended.</param>
    /// <param name="options">How fast and how often.</param>
    /// <param name="found">Told each new finding, from the reading thread.</param>
    public LedgerScrubber(MerkleLedger ledger, ScrubOptions options, Action<Finding> found)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(found);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.BytesPerSecond, 64 * 1024, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(options.Interval, TimeSpan.Zero, nameof(options));
        (_ledger, _options, _found) = (ledger, options, found);
    }

    /// <summary>How far it is and what it found.</summary>
    public ScrubState State => Volatile.Read(ref _state) with
    {
        SealedSegments = _ledger.SealedSegments(SegmentKind.Records) + _ledger.SealedSegments(SegmentKind.Vault),
    };

    /// <summary>Reads on a thread of its own until it is stopped.</summary>
    public Task RunAsync(CancellationToken stop) =>
        Task.Factory.StartNew(() => Run(stop), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private void Run(CancellationToken stop)
    {
        var pace = new ReadPace(_options.BytesPerSecond, _options.Time, stop);
        try
        {
            var place = ScrubPlace.Read(_ledger.Disk, _ledger.DataFolder) ?? ScrubPlace.Start(_options.Time.GetUtcNow());
            while (true)
            {
                if (!place.IsDone)
                    Pass(place, pace);
                var began = place.BeganAt;
                var now = _options.Time.GetUtcNow();
                pace.Wait(began <= now && now - began < _options.Interval ? _options.Interval - (now - began) : TimeSpan.Zero);
                place = ScrubPlace.Start(_options.Time.GetUtcNow());
            }
        }
        catch (OperationCanceledException)
        {
            // Stopping; the place is remembered.
        }
    }

    private void Pass(ScrubPlace place, ReadPace pace)
    {
        var disk = new PacedDisk(_ledger.Disk, pace.Took, DiskAccess.ReadFromDevice);
        ulong read = 0;
        foreach (var kind in Enum.GetValues<SegmentKind>())
        {
            if (kind < place.Kind)
            {
                read += _ledger.SealedSegments(kind);
                continue;
            }

            using var check = new SealedSegmentCheck(_ledger, new SegmentFolder(disk, _ledger.DataFolder, kind));
            var first = kind == SegmentKind.Records ? _ledger.PrunedSegments + 1 : 1;
            for (var next = kind == place.Kind ? Math.Max(place.Next, first) : first; next <= _ledger.SealedSegments(kind); next++)
            {
                Tell(read + next - 1, place.BeganAt, null);
                new ScrubPlace(kind, next, place.BeganAt).Write(_ledger.Disk, _ledger.DataFolder);
                Note(kind, next, Read(check, kind, next));
            }

            read += _ledger.SealedSegments(kind);
        }

        Tell(read, null, _options.Time.GetUtcNow());
        place.Done().Write(_ledger.Disk, _ledger.DataFolder);
    }

    /// <summary>A vault segment that payloads are removed from meanwhile may look damaged: it is read once more while none are.</summary>
    private IReadOnlyList<Finding> Read(SealedSegmentCheck slow, SegmentKind kind, ulong number)
    {
        var findings = slow.Check(number).Findings;
        if (kind == SegmentKind.Records && number <= _ledger.PrunedSegments)
            return []; // it went meanwhile
        if (findings.Count == 0 || kind == SegmentKind.Records)
            return findings;
        lock (_ledger.Pruning)
        {
            using var check = new SealedSegmentCheck(_ledger, _ledger.FolderOf(kind));
            return check.Check(number).Findings;
        }
    }

    private void Note(SegmentKind kind, ulong number, IReadOnlyList<Finding> findings)
    {
        var known = _damage.GetValueOrDefault((kind, number)) ?? [];
        if (findings.Count > 0)
            _damage[(kind, number)] = [.. findings.Take(ScrubState.MostFindings)];
        else
            _damage.Remove((kind, number));
        Volatile.Write(ref _state, _state with
        {
            DamagedSegments = _damage.Count,
            Damage = [.. _damage.Values.SelectMany(f => f).Take(ScrubState.MostFindings)],
        });
        foreach (var finding in findings.Take(ScrubState.MostFindings).Except(known))
            _found(finding);
    }

    private void Tell(ulong read, DateTimeOffset? began, DateTimeOffset? ended) => Volatile.Write(ref _state, _state with
    {
        SegmentsRead = read, PassBeganAt = began, LastPassEndedAt = ended ?? _state.LastPassEndedAt,
    });
}
