using Writ.Ledger.Hashes;
using Writ.Ledger.Segments;

namespace Writ.Ledger.Recovery;

/// <summary>
/// Reads all segments of one family in order, scanning several at a time, and finds its end. Stops at the first damage. Reads
/// only: what is to be cleaned up is listed in the <see cref="FamilyEnd"/>.
/// </summary>
/// <param name="folder">The family.</param>
/// <param name="spareLength">How long a spare has to be.</param>
/// <param name="hashes">Where hashes of full segments lie.</param>
/// <param name="believe">Whether one whose file nobody touched since is known by them and not read again.</param>
/// <param name="pruned">All segments up to it may be gone; their hashes stand for them.</param>
internal sealed class FamilyReader(SegmentFolder folder, long spareLength, HashFolder hashes, bool believe, ulong pruned = 0)
{
    private readonly FamilyEnd _end = new();
    private readonly List<string> _problems = [];
    private bool _ended;

    /// <summary>
    /// Hands every header and batch to the fold. A batch the fold does not want (<paramref name="add"/> is false) ends the family
    /// before it.
    /// </summary>
    public LedgerFault? Read(
        Action<SegmentHeader, List<string>> enter,
        Func<ScannedBatch, ulong, List<string>, bool> add,
        CancellationToken cancellationToken,
        out FamilyEnd end)
    {
        end = _end;
        if (folder.List(out var numbers, out var unfinished, out _) is { } unlisted)
            return new LedgerFault(LedgerFaultKind.StorageFailed, unlisted.ToString());
        _end.Leftovers.AddRange(unfinished.Select(name => Path.Combine(folder.Path, name)));
        _end.PrunedSegments = numbers.Count == 0 ? pruned : Math.Min(pruned, numbers[0] - 1);
        for (var number = _end.PrunedSegments; number > 0; number--)
            numbers.Insert(0, number);
        for (var i = 0; i < numbers.Count; i++)
        {
            if (numbers[i] != (ulong)i + 1)
                return new LedgerFault(LedgerFaultKind.SegmentMissing, $"{folder.PathOf((ulong)i + 1)} is missing: restore the data folder whole");
        }

        var width = Math.Max(1, Environment.ProcessorCount);
        for (var i = 0; i < numbers.Count; i += width)
        {
            foreach (var segment in ScanSome(numbers.GetRange(i, Math.Min(width, numbers.Count - i)), cancellationToken))
            {
                if (segment is null)
                    return new LedgerFault(LedgerFaultKind.PruningUnproved, $"{folder.PathOf((ulong)_end.UsedSegments + 1)} was pruned, and its hashes are missing or changed: restore the data folder whole");
                if (Fold(segment, enter, add) is { } fault)
                    return fault;
            }
        }

        return null;
    }

    private ScannedSegment?[] ScanSome(List<ulong> numbers, CancellationToken cancellationToken)
    {
        var scanned = new ScannedSegment?[numbers.Count];
        Parallel.For(0, numbers.Count, new ParallelOptions { CancellationToken = cancellationToken }, i =>
        {
            scanned[i] = numbers[i] <= _end.PrunedSegments ? hashes.Load(folder, numbers[i], out _)?.ToScanned() : (believe ? Load(numbers[i]) : null) ?? Scan(numbers[i]);
        });
        return scanned;
    }

    private ScannedSegment Scan(ulong number)
    {
        using var scanner = new SegmentScanner(folder);
        return scanner.Scan(number);
    }

    private ScannedSegment? Load(ulong number)
    {
        var kept = hashes.LoadUnchanged(folder, number, out var isRefused);
        if (isRefused)
        {
            lock (_end.RefusedHashes)
                _end.RefusedHashes.Add(hashes.PathOf(folder, number));
        }

        return kept?.ToScanned();
    }

    private LedgerFault? Fold(
        ScannedSegment segment,
        Action<SegmentHeader, List<string>> enter,
        Func<ScannedBatch, ulong, List<string>, bool> add)
    {
        if (segment.IsSpare)
        {
            NoteSpare(segment);
            return null;
        }

        if (_ended)
            return Damaged(segment, 0, "it is in use although a segment before it is not full");
        if (segment.Damage.Count > 0 && !segment.HasTornTail)
            return segment.Damage[0].Kind switch
            {
                DamageKind.NewerFormat => new LedgerFault(LedgerFaultKind.FormatTooNew, $"{folder.PathOf(segment.Number)}: {segment.Damage[0].Detail}"),
                DamageKind.Unreadable => new LedgerFault(LedgerFaultKind.StorageFailed, segment.Damage[0].Detail),
                _ => Damaged(segment, segment.Damage[0].Offset, segment.Damage[0].Detail),
            };

        // Nothing may follow a torn batch: from here on only spares.
        _ended = segment.HasTornTail;
        if (segment.HasTornTail)
            _end.Wipes.Add((segment.Number, segment.End, segment.TailLength));
        if (segment.Header is null)
        {
            NoteSpare(segment);
            return null;
        }

        if (segment.Header.Number != segment.Number || (long)segment.Header.Length != segment.Length)
            return Damaged(segment, 0, $"its header says segment {segment.Header.Number} of {segment.Header.Length} bytes, the file has {segment.Length}");
        enter(segment.Header, _problems);
        (_end.ActiveSegment, _end.ActiveLength, _end.ActiveOffset) = segment.Number > _end.PrunedSegments ? (segment.Number, segment.Length, segment.End) : default;
        _end.LastBatchOffset = 0;
        _end.NextSegment = segment.Number + 1;
        _end.UsedSegments++;
        if (segment.Runs is { } runs)
            _end.Hashed.Add((segment.Number, runs));
        foreach (var batch in segment.Batches)
        {
            var wanted = add(batch, segment.Number, _problems);
            if (_problems.Count > 0)
                return Damaged(segment, batch.Offset, _problems[0]);
            if (wanted)
            {
                _end.LastBatchOffset = segment.Number > _end.PrunedSegments ? batch.Offset : 0;
                continue;
            }

            if (_ended || batch != segment.Batches[^1])
                return Damaged(segment, batch.Offset, "payloads follow whose records are missing");
            _ended = true;
            _end.ActiveOffset = batch.Offset;
            _end.Wipes.Add((segment.Number, batch.Offset, batch.Header.PaddedLength));
        }

        return _problems.Count > 0 ? Damaged(segment, 0, _problems[0]) : null;
    }

    private void NoteSpare(ScannedSegment segment)
    {
        _ended = true;
        if (_end.Spares.Count == 0)
            _end.NextSegment = segment.Number;
        // A spare of another length is no use once the options changed; those after it would leave a gap.
        if (segment.Length == spareLength && _end.Leftovers.TrueForAll(path => path.EndsWith(SegmentFolder.UnfinishedSuffix, StringComparison.Ordinal)))
            _end.Spares.Add((segment.Number, segment.Length));
        else
            _end.Leftovers.Add(folder.PathOf(segment.Number));
    }

    private LedgerFault Damaged(ScannedSegment segment, long offset, string what) => new(
        LedgerFaultKind.Damaged,
        $"{folder.PathOf(segment.Number)} at byte {offset}: {what}; 'writ ledger verify' lists all, restore from a backup");
}
