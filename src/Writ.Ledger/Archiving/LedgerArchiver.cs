using System.Text;
using Writ.Crypto.Hashing;
using Writ.Ledger.Checkpoints;
using Writ.Ledger.Disks;
using Writ.Ledger.Scrubbing;
using Writ.Ledger.Segments;

namespace Writ.Ledger.Archiving;

/// <summary>
/// Puts each full segment of an open ledger into an archive, once: checked first, then the compressed file, then its manifest with a signed
/// checkpoint that covers it. What the archive has is asked there, at the start, so that nothing is lost or doubled by a crash. Only
/// segments go: no key lies in one. Appends never wait for it. One step at a time; its state is thread safe.
/// </summary>
public sealed class LedgerArchiver
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);

    private readonly MerkleLedger _ledger;
    private readonly ArchiveOptions _options;
    private readonly string _staging;
    private readonly FamilyArchive _records = new(SegmentKind.Records);
    private readonly FamilyArchive _payloads = new(SegmentKind.Vault);
    private bool _isReady;
    private readonly HoldMark _mark;
    private bool _isHeldThere;
    private ArchiveState _state = new(0, 0, 0, 0);

    /// <summary>Archives nothing yet.</summary>
    /// <param name="ledger">The ledger; it has to stay open until <see cref="RunAsync"/> ended.</param>
    /// <param name="options">Where to and how long.</param>
    public LedgerArchiver(MerkleLedger ledger, ArchiveOptions options)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        ArgumentNullException.ThrowIfNull(options);
        if (!ArchiveNames.IsLedgerName(options.Name))
            throw new ArgumentException("a ledger's name has 1 to 40 lower-case letters, digits and dashes", nameof(options));
        (_ledger, _options) = (ledger, options);
        _mark = new HoldMark(ledger.Disk, ledger.DataFolder);
        _staging = Path.Combine(ledger.DataFolder, "archiving");
    }

    /// <summary>The archive's address.</summary>
    public string Address => _options.Target.Address;

    /// <summary>The ledger's name in it.</summary>
    public string Name => _options.Name;

    /// <summary>How far it is.</summary>
    public ArchiveState State => Volatile.Read(ref _state) with
    {
        SealedRecords = _ledger.SealedSegments(SegmentKind.Records), SealedPayloads = _ledger.SealedSegments(SegmentKind.Vault),
    };

    /// <summary>Goes on until it is stopped; after a failure ever less often, down to once in 5 minutes.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        var wait = FirstWait;
        try
        {
            while (true)
            {
                if (await StepAsync(stop).ConfigureAwait(false))
                {
                    wait = FirstWait;
                    continue;
                }

                var isFailing = State.Fault is not null;
                using (var timer = new PeriodicTimer(isFailing ? wait : Period, _options.Time))
                    await timer.WaitForNextTickAsync(stop).ConfigureAwait(false);
                wait = isFailing ? TimeSpan.FromTicks(Math.Min(wait.Ticks * 2, LongestWait.Ticks)) : FirstWait;
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Stopping: what was under way is begun again by the next process.
        }
    }

    /// <summary>Archives the next segment. False when there is none, or it could not be: then <see cref="State"/> says why.</summary>
    public async Task<bool> StepAsync(CancellationToken cancellation)
    {
        // Whatever keeps segments from being archived keeps no hold from what is there.
        var unheld = await ApplyHoldsAsync(cancellation).ConfigureAwait(false);
        var (went, fault) = (false, (LedgerFault?)null);
        try
        {
            fault = await PrepareAsync(cancellation).ConfigureAwait(false);
            foreach (var family in new[] { _records, _payloads })
            {
                if (fault is not null || went || family.Last >= _ledger.SealedSegments(family.Kind))
                    continue;
                fault = await ArchiveAsync(family, cancellation).ConfigureAwait(false);
                went = fault is null;
            }
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            fault = new LedgerFault(LedgerFaultKind.ArchiveUnavailable, $"the segment could not be made ready in {_staging}: {problem.Message}");
        }

        fault = unheld ?? fault;
        var now = _options.Time.GetUtcNow();
        Volatile.Write(ref _state, _state with
        {
            ArchivedRecords = _records.Last,
            ArchivedPayloads = _payloads.Last,
            LastAt = went ? now : _state.LastAt,
            Fault = fault,
            FailingSince = fault is null ? null : _state.FailingSince ?? now,
        });
        return went;
    }

    private async Task<LedgerFault?> PrepareAsync(CancellationToken cancellation)
    {
        if (_options.ClockObstacle() is { } obstacle)
            return new LedgerFault(LedgerFaultKind.ArchiveClock, obstacle);
        if (!_isReady)
        {
            // What a crash left was made from a segment that is there still.
            if (Directory.Exists(_staging))
                Directory.Delete(_staging, recursive: true);
            if (await _options.Target.CheckAsync(cancellation).ConfigureAwait(false) is { } unfit)
                return unfit;
            _isReady = true;
        }

        foreach (var family in new[] { _records, _payloads })
        {
            if (!family.IsKnown && await AskAsync(family, cancellation).ConfigureAwait(false) is { } fault)
                return fault;
        }

        return null;
    }

    /// <summary>Asks the archive what it has of a family, and holds its end against the ledger.</summary>
    private async Task<LedgerFault?> AskAsync(FamilyArchive family, CancellationToken cancellation)
    {
        var prefix = ArchiveNames.Prefix(Name, family.Kind);
        var names = new List<string>();
        if (await _options.Target.ListAsync(prefix, names, cancellation).ConfigureAwait(false) is { } unlisted)
            return unlisted;
        var numbers = names.Select(name => ArchiveNames.SegmentOfManifest(Name, family.Kind, name)).Where(number => number > 0).ToHashSet();
        var last = numbers.Count == 0 ? 0 : numbers.Max();
        if ((ulong)numbers.Count != last)
        {
            var missing = Enumerable.Range(1, (int)Math.Min(last, int.MaxValue)).First(number => !numbers.Contains((ulong)number));
            return new LedgerFault(
                LedgerFaultKind.ArchiveDamaged,
                $"{Address} had {ArchiveNames.Manifest(Name, family.Kind, (ulong)missing)} and has it no more: somebody deleted from the archive; find out who, and give another target");
        }

        Hash256? digest = null;
        if (last > 0)
        {
            var (manifest, bytes, fault) = await ReadManifestAsync(family.Kind, last, cancellation).ConfigureAwait(false);
            if (manifest is null)
                return fault;
            if (Contradiction(family.Kind, manifest) is { } contradiction)
                return new LedgerFault(LedgerFaultKind.ArchiveContradicts, $"{Address}, {manifest.Name}: {contradiction}; nothing is archived there");
            digest = Hash256.Of(bytes);
        }

        (family.Last, family.LastManifest, family.IsKnown) = (last, digest, true);
        return null;
    }

    private async Task<(ArchiveManifest? Manifest, byte[] Bytes, LedgerFault? Fault)> ReadManifestAsync(SegmentKind kind, ulong segment, CancellationToken cancellation)
    {
        var name = ArchiveNames.Manifest(Name, kind, segment);
        if (PosixDisk.Instance.CreateFolder(_staging) is { } unmade)
            throw new IOException(unmade.ToString());
        var file = Path.Combine(_staging, "manifest");
        File.Delete(file);
        if (await _options.Target.FetchAsync(name, file, ArchiveManifest.MostBytes, cancellation).ConfigureAwait(false) is { } fault)
            return (null, [], fault);
        var bytes = await File.ReadAllBytesAsync(file, cancellation).ConfigureAwait(false);
        File.Delete(file);
        return ArchiveManifest.Read(bytes) is { } manifest && manifest.Name == name
            ? (manifest, bytes, null)
            : (null, [], new LedgerFault(LedgerFaultKind.ArchiveDamaged, $"{Address}: {name} is no manifest of that segment"));
    }

    /// <summary>Why a manifest is not of this ledger's history; null when it is.</summary>
    private string? Contradiction(SegmentKind kind, ArchiveManifest manifest)
    {
        if (manifest.LedgerId != _ledger.Id.ToHex())
            return "it is of another ledger: each installation needs an archive of its own";
        if (manifest.Segment > _ledger.SealedSegments(kind))
            return $"segment {manifest.Segment} was archived and is not full here: the data folder was rolled back";
        if (_ledger.HeaderOf(kind, manifest.Segment + 1) is not { } next)
            return "the segment after it cannot be read here";
        return next.PreviousBatch == manifest.LastHash && next.FirstBatch == manifest.LastBatch + 1
            ? null
            : $"segment {manifest.Segment} ends otherwise than here: there are two histories";
    }

    private async Task<LedgerFault?> ArchiveAsync(FamilyArchive family, CancellationToken cancellation)
    {
        var number = family.Last + 1;
        if (family.Kind == SegmentKind.Records && number <= _ledger.PrunedSegments)
            return new LedgerFault(LedgerFaultKind.RecordPruned, $"segments 1 to {_ledger.PrunedSegments} were pruned before this archive had them: it can no longer begin");
        if (PosixDisk.Instance.CreateFolder(_staging) is { } unmade)
            throw new IOException(unmade.ToString());
        var folder = _ledger.FolderOf(family.Kind);
        var (segment, staged) = Stage(folder, number);
        using (staged)
        {
            if (segment.Findings.Count > 0)
                return new LedgerFault(LedgerFaultKind.SegmentDamaged, $"{segment.Findings[0]}: what is damaged is not archived, nor anything after it");
            var logs = new List<ArchivedLog>();
            if (family.Kind == SegmentKind.Records && Cover(segment, logs) is { } uncovered)
                return uncovered;
            var manifest = Describe(family, number, segment, staged!, logs);
            var until = _options.Time.GetUtcNow() + _options.Retain;
            // A hold that began meanwhile reaches it with all others, in the next step.
            var isHeld = _isHeldThere;
            var item = new ArchiveObject(manifest.Object, staged!.Path, staged.Length, staged.Sha256, until, isHeld);
            if (await _options.Target.PutAsync(item, cancellation).ConfigureAwait(false) is { } fault)
                return fault;
            using var described = StagedFile.Of(manifest.ToBytes(), Path.Combine(_staging, "manifest"));
            item = new ArchiveObject(manifest.Name, described.Path, described.Length, described.Sha256, until, isHeld);
            fault = await _options.Target.PutAsync(item, cancellation).ConfigureAwait(false);
            if (fault is not null)
                return fault;
            (family.Last, family.LastManifest) = (number, described.Sha256);
            return null;
        }
    }

    /// <summary>Checks and copies a segment while no payload is removed from it: what was checked is what is archived.</summary>
    private (CheckedSegment Segment, StagedFile? Staged) Stage(SegmentFolder folder, ulong number)
    {
        lock (_ledger.Pruning)
        {
            using var check = new SealedSegmentCheck(_ledger, folder);
            var segment = check.Check(number);
            return (segment, segment.Findings.Count > 0 ? null : StagedFile.Compress(folder.Disk, folder.PathOf(number), Path.Combine(_staging, "segment")));
        }
    }

    private ArchiveManifest Describe(FamilyArchive family, ulong number, CheckedSegment segment, StagedFile staged, IReadOnlyList<ArchivedLog> logs)
    {
        var last = segment.Batches[^1];
        return new ArchiveManifest
        {
            Ledger = Name,
            LedgerId = _ledger.Id.ToHex(),
            Kind = family.Kind,
            Segment = number,
            FirstBatch = segment.Header!.FirstBatch,
            LastBatch = last.Header.Number,
            LastHash = last.Hash,
            FirstSequence = segment.Header.FirstSequence,
            EndSequence = last.Header.FirstSequence + (ulong)last.Header.FrameCount,
            Length = staged.PlainLength,
            Sha256 = staged.PlainSha256,
            StoredLength = staged.Length,
            StoredSha256 = staged.Sha256,
            Previous = family.LastManifest,
            Logs = logs,
        };
    }

    /// <summary>For each log of a segment, a signed checkpoint that is not before its last record there, and the proof that it continues it.</summary>
    private LedgerFault? Cover(CheckedSegment segment, List<ArchivedLog> logs)
    {
        foreach (var (number, (size, root)) in segment.Ends.Where(end => end.Key != Format.CatalogLog).OrderBy(end => end.Key))
        {
            var log = _ledger.LogOf(number)!;
            var signed = _ledger.LastCheckpoint(log);
            if (signed is null || signed.Checkpoint.Size < size)
            {
                switch (_ledger.SignCheckpoint(log))
                {
                    case CheckpointSigning.Refused refused:
                        return refused.Fault;
                    case CheckpointSigning.Done done:
                        signed = done.Signed;
                        break;
                }
            }

            if (log.ProveConsistency(size, signed!.Checkpoint.Size) is not { } proof)
                return new LedgerFault(LedgerFaultKind.SegmentDamaged, $"{log.Origin}: records that tie {size} to the checkpoint of {signed.Checkpoint.Size} cannot be read");
            logs.Add(new ArchivedLog(log.Origin, size, root, Encoding.UTF8.GetString(signed.Note.ToBytes()), proof));
        }

        return null;
    }

    /// <summary>
    /// While there is a hold, every object of this ledger has one; when it ended, those that were set from here are taken back, and where none
    /// were, nothing is touched: somebody else may have set one.
    /// </summary>
    private async Task<LedgerFault?> ApplyHoldsAsync(CancellationToken cancellation)
    {
        var isHeld = _options.IsHeld();
        if (!_options.Target.KnowsHolds || (isHeld ? _isHeldThere : !_mark.IsSet))
            return null;
        _isHeldThere = false;
        if (isHeld && _mark.Set() is { } unmarked)
            return new LedgerFault(LedgerFaultKind.StorageFailed, unmarked.ToString());
        var names = new List<string>();
        if (await _options.Target.ListAsync($"{Name}/", names, cancellation).ConfigureAwait(false) is { } unlisted)
            return unlisted;
        foreach (var name in names)
        {
            if (await _options.Target.HoldAsync(name, isHeld, cancellation).ConfigureAwait(false) is { } fault)
                return fault;
        }

        _isHeldThere = isHeld;
        return !isHeld && _mark.Clear() is { } uncleared ? new LedgerFault(LedgerFaultKind.StorageFailed, uncleared.ToString()) : null;
    }
}
