using Writ.Ledger.Checkpoints;
using Writ.Ledger.Hashes;
using Writ.Ledger.Notes;
using Writ.Ledger.Pruning;
using Writ.Ledger.Recovery;
using Writ.Ledger.Segments;

namespace Writ.Ledger.Verification;

/// <summary>
/// Reads a data folder from the first byte to the last and says what holds: frames and checksums, the chain of batches, sequences
/// without gaps, the roots in the batch headers, the vault, the signed checkpoints. Needs no key but public ones, trusts nothing a
/// writer has in memory, changes nothing. Goes on after a finding, so that all are told. Each instance is used once.
/// </summary>
public sealed class LedgerVerifier
{
    private const ulong MostMissing = 100;

    private readonly VerificationOptions _options;
    private readonly SegmentFolder _records;
    private readonly SegmentFolder _vault;
    private readonly HistoryFold _history = new();
    private readonly List<Finding> _findings = [];
    private readonly HashFolder _hashes;
    private readonly List<(ulong Segment, LeafRun Run)> _pruned = [];
    private readonly PruningNote? _note;
    private int _segments;
    private ulong _batches;

    private LedgerVerifier(VerificationOptions options)
    {
        _options = options;
        _records = new SegmentFolder(options.Disk, options.DataFolder, SegmentKind.Records);
        _vault = new SegmentFolder(options.Disk, options.DataFolder, SegmentKind.Vault);
        var keys = options.Keys.Count == 0 ? null : options.Keys;
        _hashes = new HashFolder(options.Disk, options.DataFolder, keys);
        _note = PruningNote.Read(options.Disk, options.DataFolder, keys, out var isRefused);
        if (_note is not null && keys is null)
            Find(FindingKind.PruningUnsigned, PruningNote.FileName, -1, "records were pruned by a note that no key was given to check: that it was this installation is not proved");
        if (isRefused)
            Find(FindingKind.PruningUnproved, PruningNote.FileName, -1, "what says which segments were pruned is damaged, or signed by none of the keys given");
    }

    /// <summary>Verifies a folder on the thread pool, several segments at a time.</summary>
    /// <param name="options">What and against what.</param>
    /// <param name="progress">Told the number of segments done and of all, from the verifying thread; may be null.</param>
    /// <param name="cancellationToken">Ends the verification between segments.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static Task<VerificationReport> VerifyAsync(
        VerificationOptions options,
        IProgress<(int Done, int All)>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        return Task.Run(() => new LedgerVerifier(options).Verify(progress, cancellationToken), cancellationToken);
    }

    private VerificationReport Verify(IProgress<(int Done, int All)>? progress, CancellationToken cancellationToken)
    {
        ReadFamily(_records, AddRecords, progress, cancellationToken);
        var vault = new VaultFold(_history, _options.IsPrefix);
        var orphans = 0;
        ReadFamily(_vault, segment => AddPayloads(vault, segment, ref orphans), null, cancellationToken);
        if (vault.LastBatch < _history.VaultBatches && !_options.IsPrefix)
            Find(FindingKind.VaultContradicted, "vault", -1, $"records rely on vault batch {_history.VaultBatches}, the vault ends with {vault.LastBatch}");
        if (orphans > 1)
            Find(FindingKind.VaultContradicted, "vault", -1, $"{orphans} batches belong to records that are not there");

        var logs = _history.Logs.Values
            .Where(l => l.Number != Format.CatalogLog)
            .Select(l => new LogicalLog(l, _records, _vault, _hashes))
            .OrderBy(l => l.Origin, StringComparer.Ordinal)
            .ToList();
        foreach (var (segment, run) in _pruned)
        {
            if (logs.Find(l => l.Number == run.Log) is not { } log)
                continue;
            log.Hashes!.Add(in run, segment);
            log.Prune(run.First + (ulong)run.Count);
        }

        if (_note is not null && _history.Ledger?.ToHex() != _note.Ledger)
            Find(FindingKind.PruningUnproved, PruningNote.FileName, -1, "it is of another ledger");
        var reached = CompareCheckpoints(logs);
        return new VerificationReport(
            _segments,
            _batches,
            _history.Records,
            vault.Payloads,
            [.. logs.Select(l => new LogReport(
                l.Origin,
                l.Head.Size,
                l.Head.Root,
                !_history.Unproven.Contains(l.Number),
                reached.TryGetValue(l.Origin, out var size) ? size : null) { Log = l, PrunedPayloads = _history.Logs[l.Number].Pruned })],
            _findings) { PruningRecords = _note?.Recorded ?? [] };
    }

    private void ReadFamily(
        SegmentFolder folder,
        Action<ScannedSegment> add,
        IProgress<(int Done, int All)>? progress,
        CancellationToken cancellationToken)
    {
        if (folder.List(out var numbers, out _, out var strangers) is { } fault)
        {
            Find(FindingKind.Unreadable, Path.GetFileName(folder.Path), -1, fault.ToString());
            return;
        }

        foreach (var name in strangers)
            Find(FindingKind.ForeignFile, Path.Combine(Path.GetFileName(folder.Path), name), -1, "no segment has this name");

        var width = Math.Max(1, Environment.ProcessorCount);
        var (next, ended) = (AddPruned(folder, numbers, add) + 1, false);
        for (var i = 0; i < numbers.Count; i += width)
        {
            var scanned = new ScannedSegment[Math.Min(width, numbers.Count - i)];
            Parallel.For(0, scanned.Length, new ParallelOptions { CancellationToken = cancellationToken }, slot =>
            {
                using var scanner = new SegmentScanner(folder);
                scanned[slot] = scanner.Scan(numbers[i + slot]);
            });
            foreach (var segment in scanned)
            {
                FindGap(folder, next, segment.Number);
                next = segment.Number + 1;
                ended = Judge(folder, segment, ended);
                add(segment);
            }

            progress?.Report((i + scanned.Length, numbers.Count));
        }
    }

    /// <summary>Adds what was pruned by its hashes; how many segments that are.</summary>
    private ulong AddPruned(SegmentFolder folder, List<ulong> numbers, Action<ScannedSegment> add)
    {
        if (folder.Kind != SegmentKind.Records || _note is null)
            return 0;
        var pruned = numbers.Count == 0 ? _note.LastSegment : Math.Min(_note.LastSegment, numbers[0] - 1);
        for (var number = 1UL; number <= pruned; number++)
        {
            if (_hashes.Load(folder, number, out _)?.ToScanned() is not { } segment)
            {
                Find(FindingKind.SegmentMissing, NameOf(folder, number), -1, "it was pruned, and its hashes are missing, changed or signed by none of the keys given");
                _history.LoseTrack();
                continue;
            }

            foreach (var run in segment.Runs!)
                _pruned.Add((number, run));
            _segments++;
            add(segment);
        }

        return pruned;
    }

    /// <summary>Names what is missing, as far as that is of use: a file with a number far off must not make findings without end.</summary>
    private void FindGap(SegmentFolder folder, ulong from, ulong end)
    {
        for (var number = from; number < end && number - from < MostMissing; number++)
            Find(FindingKind.SegmentMissing, NameOf(folder, number), -1, "the file is missing");
        if (end > from + MostMissing)
            Find(FindingKind.SegmentMissing, NameOf(folder, from + MostMissing), -1, $"the file is missing, and all up to {NameOf(folder, end - 1)}");
    }

    /// <summary>Tells the defects of a segment by itself; true when the family ends with it.</summary>
    private bool Judge(SegmentFolder folder, ScannedSegment segment, bool ended)
    {
        var file = NameOf(folder, segment.Number);
        if (segment.IsSpare)
            return true;
        if (folder.Kind == SegmentKind.Records)
            _segments++;
        if (ended)
            Find(FindingKind.ChainBroken, file, 0, "the segment is in use although one before it was never filled");
        if (segment.Header is { } header && (header.Number != segment.Number || (long)header.Length != segment.Length))
            Find(FindingKind.SegmentHeader, file, 0, $"the header says segment {header.Number} of {header.Length} bytes, the file has {segment.Length}");
        if (segment.HasTornTail)
        {
            Find(FindingKind.TornTail, file, segment.End, $"{segment.TailLength} bytes of a batch that never became whole");
            return true;
        }

        foreach (var damage in segment.Damage)
        {
            Find(damage.Kind.ToFinding(), file, damage.Offset, damage.Detail);
        }

        return false;
    }

    private void AddRecords(ScannedSegment segment)
    {
        var problems = new List<string>();
        var file = NameOf(_records, segment.Number);
        if (segment.Header is not null)
            _history.Enter(segment.Header, problems);
        Tell(problems, FindingKind.ChainBroken, file, 0);
        foreach (var batch in segment.Batches)
        {
            // Leaves before this batch are lost: its roots cannot be computed, the gap itself is told by the numbers.
            if (batch.Header.Number != _history.LastBatch + 1)
                _history.LoseTrack();
            var known = _history.Unproven.Count;
            _history.Add(batch, segment.Number, problems);
            Tell(problems, _history.Unproven.Count > known ? FindingKind.LogContradicted : FindingKind.ChainBroken, file, batch.Offset);
            _batches++;
        }

        if (segment.Damage.Count > 0 && !segment.HasTornTail)
            _history.LoseTrack();
    }

    private void AddPayloads(VaultFold vault, ScannedSegment segment, ref int orphans)
    {
        var problems = new List<string>();
        var file = NameOf(_vault, segment.Number);
        if (segment.Header is not null)
            vault.Enter(segment.Header, problems);
        Tell(problems, FindingKind.ChainBroken, file, 0);
        foreach (var batch in segment.Batches)
        {
            if (!vault.Add(batch, segment.Number, problems))
                orphans++;
            Tell(problems, FindingKind.VaultContradicted, file, batch.Offset);
        }
    }

    private Dictionary<string, ulong> CompareCheckpoints(List<LogicalLog> logs)
    {
        var reached = new Dictionary<string, ulong>(StringComparer.Ordinal);
        var notes = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        if (_options.Checkpoints?.ReadAll(notes) is { } fault)
            Find(FindingKind.CheckpointInvalid, "checkpoints", -1, fault.Detail);
        foreach (var (origin, bytes) in notes.OrderBy(n => n.Key, StringComparer.Ordinal))
        {
            if (!NoteText.IsName(origin)
                || !SignedNote.TryParse(bytes, out var note)
                || !Checkpoint.TryParse(note.Text, out var checkpoint)
                || checkpoint.Origin != origin
                || !_options.Keys.Any(key => note.IsSignedBy(NoteVerifierKey.ForLog(origin, key))))
            {
                Find(FindingKind.CheckpointInvalid, origin, -1, "the kept checkpoint is malformed or signed by none of the keys given");
                continue;
            }

            var log = logs.Find(l => l.Origin == origin);
            if (_options.IsPrefix && checkpoint.Size > (log?.Head.Size ?? 0))
            {
                Find(FindingKind.CheckpointMissing, origin, -1, $"the kept checkpoint of {checkpoint.Size} records reaches beyond what is here");
                continue;
            }

            if (CheckpointComparison.Compare(checkpoint, log) is { } differs)
                Find(
                    differs.Kind == LedgerFaultKind.RolledBack ? FindingKind.BehindCheckpoint : FindingKind.CheckpointContradicted,
                    origin,
                    -1,
                    differs.Detail);
            else if (log is not null && !_history.Unproven.Contains(log.Number))
                reached[origin] = checkpoint.Size;
        }

        foreach (var log in logs.Where(l => !notes.ContainsKey(l.Origin)))
            Find(FindingKind.CheckpointMissing, log.Origin, -1, "no checkpoint is at hand: a cut or rewritten log could not be told");
        return reached;
    }

    private void Tell(List<string> problems, FindingKind kind, string file, long offset)
    {
        foreach (var problem in problems)
            Find(kind, file, offset, problem);
        problems.Clear();
    }

    private static string NameOf(SegmentFolder folder, ulong number) => Path.Combine(Path.GetFileName(folder.Path), folder.NameOf(number));

    private void Find(FindingKind kind, string file, long offset, string detail) => _findings.Add(new Finding(kind, file, offset, detail));
}
