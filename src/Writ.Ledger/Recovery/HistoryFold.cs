using Writ.Crypto.Hashing;
using Writ.Ledger.Reading;
using Writ.Ledger.Segments;

namespace Writ.Ledger.Recovery;

/// <summary>
/// Folds scanned batches, in order, into the logs they hold, and checks what only the order shows: batch numbers, sequences, the
/// chain, sizes and roots, the catalog. Answers each batch with what is wrong, and goes on from what the batch says, so that one
/// defect is told once. Not thread safe.
/// </summary>
internal sealed class HistoryFold
{
    private readonly Dictionary<uint, LogHistory> _logs = new() { [Format.CatalogLog] = new(Format.CatalogLog, CatalogRecord.Origin) };
    private readonly HashSet<string> _origins = new(StringComparer.Ordinal) { CatalogRecord.Origin };
    private readonly HashSet<uint> _unproven = [];
    private Hash256[] _leaves = [];

    public IReadOnlyDictionary<uint, LogHistory> Logs => _logs;

    /// <summary>Logs whose leaves are not all known, or whose roots differ: nothing more is proved of them.</summary>
    public IReadOnlySet<uint> Unproven => _unproven;

    public LedgerId? Ledger { get; private set; }

    public ulong LastBatch { get; private set; }

    public Hash256 LastHash { get; private set; }

    public ulong NextSequence { get; private set; }

    /// <summary>How many vault batches must exist, by the last record batch.</summary>
    public ulong VaultBatches { get; private set; }

    public ulong Records { get; private set; }

    /// <summary>Checks a segment's header against what came before.</summary>
    public void Enter(SegmentHeader header, List<string> problems)
    {
        Ledger ??= header.Ledger;
        if (header.Ledger != Ledger)
            problems.Add("the segment belongs to another ledger");
        if (header.FirstBatch != LastBatch + 1)
            problems.Add($"the segment begins with batch {header.FirstBatch} where {LastBatch + 1} is due");
        else if (header.PreviousBatch != LastHash)
            problems.Add($"the segment does not follow batch {LastBatch}: it names another hash");
    }

    /// <summary>Adds a batch; says what is wrong with it.</summary>
    public void Add(ScannedBatch batch, ulong segment, List<string> problems)
    {
        var header = batch.Header;
        if (header.Number != LastBatch + 1)
            problems.Add($"batch {header.Number} where {LastBatch + 1} is due");
        else if (header.PreviousBatch != LastHash)
            problems.Add($"batch {header.Number} does not chain to batch {LastBatch}");
        if (header.FirstSequence != NextSequence)
            problems.Add($"batch {header.Number} begins with sequence {header.FirstSequence} where {NextSequence} is due");
        if (header.Companion < VaultBatches)
            problems.Add($"batch {header.Number} knows fewer vault batches than the one before");

        foreach (var record in batch.Catalog)
            AddLog(record, problems);
        var counted = 0UL;
        foreach (var touched in header.Touched.Span)
        {
            counted += touched.Count;
            AddLeaves(batch, touched, segment, problems);
        }

        if (counted != (ulong)header.FrameCount)
            problems.Add($"batch {header.Number} has {header.FrameCount} records and names {counted}");

        (LastBatch, LastHash) = (header.Number, batch.Hash);
        NextSequence = header.FirstSequence + (ulong)header.FrameCount;
        VaultBatches = header.Companion;
        Records += (ulong)header.FrameCount;
    }

    /// <summary>Leaves were lost: nothing is proved of any log from here on.</summary>
    public void LoseTrack()
    {
        foreach (var log in _logs.Keys)
            _unproven.Add(log);
    }

    private void AddLog(byte[] record, List<string> problems)
    {
        if (!CatalogRecord.TryRead(record, out var number, out var origin))
            problems.Add("a catalog record is malformed");
        else if (!_origins.Add(origin) || !_logs.TryAdd(number, new LogHistory(number, origin)))
            problems.Add($"log {number} ({origin}) is in the catalog twice");
    }

    private void AddLeaves(ScannedBatch batch, in TouchedLog touched, ulong segment, List<string> problems)
    {
        if (!_logs.TryGetValue(touched.Log, out var log))
        {
            problems.Add($"batch {batch.Header.Number} has records of log {touched.Log}, which the catalog does not know");
            return;
        }

        var leaves = LeavesOf(batch, touched.Log);
        if (leaves.Length != touched.Count)
            problems.Add($"batch {batch.Header.Number} has {leaves.Length} records of {log.Origin} and names {touched.Count}");
        log.Batches.Add(new BatchLocation(log.Builder.Size, segment, batch.Offset));
        log.Builder.Append(leaves);
        if (_unproven.Contains(touched.Log))
            return;
        if (log.Builder.Size == touched.Position && log.Builder.Root() == touched.Root)
            return;
        _unproven.Add(touched.Log);
        problems.Add(log.Builder.Size == touched.Position
            ? $"the records of {log.Origin} do not have the root that batch {batch.Header.Number} names"
            : $"{log.Origin} has {log.Builder.Size} records after batch {batch.Header.Number}, which names {touched.Position}");
    }

    private ReadOnlySpan<Hash256> LeavesOf(ScannedBatch batch, uint log)
    {
        if (batch.Logs.Length == 0)
            return batch.Leaves;
        if (_leaves.Length < batch.Leaves.Length)
            _leaves = new Hash256[batch.Leaves.Length * 2];
        var count = 0;
        for (var i = 0; i < batch.Logs.Length; i++)
        {
            if (batch.Logs[i] == log)
                _leaves[count++] = batch.Leaves[i];
        }

        return _leaves.AsSpan(0, count);
    }
}
