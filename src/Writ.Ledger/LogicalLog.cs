using Writ.Crypto.Hashing;
using Writ.Ledger.Hashes;
using Writ.Ledger.Merkle;
using Writ.Ledger.Reading;
using Writ.Ledger.Segments;

namespace Writ.Ledger;

/// <summary>
/// One RFC 6962 log inside a ledger, known by its origin. A handle: reading, heads and proofs are here, appending is
/// <see cref="MerkleLedger.AppendAsync"/>. Everything it shows is durable. Thread safe; valid until its ledger is closed.
/// </summary>
public sealed class LogicalLog
{
    private const int SmallRead = 64 * 1024;

    private readonly SegmentFolder _records;
    private readonly SegmentFolder _vault;
    private readonly SubtreeStore _subtrees;
    private readonly MerkleTree _tree;
    private LogHead _head;
    private ulong _signedSize;
    private ulong _minimumIndex;
    private TaskCompletionSource? _grown;
    private long _coveredAt = long.MinValue;

    internal LogicalLog(LogHistory history, SegmentFolder records, SegmentFolder vault, HashFolder? hashes = null)
    {
        _records = records;
        _vault = vault;
        Number = history.Number;
        Origin = history.Origin;
        Builder = history.Builder;
        BatchIndex = history.Batches;
        PayloadIndex = history.Payloads;
        _subtrees = history.Store;
        Hashes = hashes is null ? null : new LeafRuns(hashes, records);
        _tree = Hashes is null ? new MerkleTree(history.Store, ReadLeaves) : new MerkleTree(history.Store, Hashes.TryRead, ReadLeaves);
        _head = history.Builder.Size == 0 ? LogHead.Empty : new LogHead(Builder.Size, Builder.Root());
    }

    /// <summary>The log's name for ever, as the first line of its checkpoints (C2SP tlog-checkpoint).</summary>
    public string Origin { get; }

    /// <summary>The durable size and root. Only ever grows.</summary>
    public LogHead Head => Volatile.Read(ref _head);

    /// <summary>
    /// The first record whose bytes are here (the minimum index of C2SP tlog-tiles): those before it were pruned, and their hashes stay. 0 where
    /// none were. Only ever grows.
    /// </summary>
    public ulong MinimumIndex => Volatile.Read(ref _minimumIndex);

    internal uint Number { get; }

    /// <summary>Tells which ledger it belongs to.</summary>
    internal SegmentFolder Records => _records;

    /// <summary>The size of the last checkpoint signed by this process; only ever grows.</summary>
    internal ulong SignedSize
    {
        get => Volatile.Read(ref _signedSize);
        set => Volatile.Write(ref _signedSize, value);
    }

    /// <summary>When, on the monotonic clock, the last signed checkpoint was last known to cover every record.</summary>
    internal long CoveredAt
    {
        get => Volatile.Read(ref _coveredAt);
        set => Volatile.Write(ref _coveredAt, value);
    }

    /// <summary>Where leaf hashes are kept; null where nothing keeps them.</summary>
    internal LeafRuns? Hashes { get; }

    internal TreeBuilder Builder { get; }

    internal BatchIndex BatchIndex { get; }

    internal BatchIndex PayloadIndex { get; }

    // Scratch of the queue, under its lock.
    internal ulong QueuedEpoch { get; set; }

    // Scratch of the framer, under the framing lock.
    internal int FramingCount { get; set; }

    internal int FramingNext { get; set; }

    internal ulong FramingBase { get; set; }

    internal int VaultSlot { get; set; }

    /// <summary>Reads one record. O(log n) and one read of its batch. <see cref="LedgerFaultKind.RecordPruned"/> below the minimum index.</summary>
    public ReadResult Read(ulong index)
    {
        if (index >= Head.Size)
            return new ReadResult(new LedgerFault(LedgerFaultKind.NotFound, $"{Origin} has no record {index}: its size is {Head.Size}"));
        using var cursor = ReadRange(index, index + 1);
        return cursor.MoveNext()
            ? new ReadResult(cursor.Current.Bytes.ToArray())
            : new ReadResult(cursor.Fault ?? Missing(index));
    }

    /// <summary>
    /// Streams the records from <paramref name="index"/> to the present end; none when it is past the end. From below the
    /// <see cref="MinimumIndex"/> it ends at once with <see cref="LedgerFaultKind.RecordPruned"/>: nobody skips records unknowingly.
    /// </summary>
    public RecordCursor ReadFrom(ulong index = 0) => new(_records, BatchIndex, Number, index, Head.Size, fault: PrunedAt(index));

    /// <summary>
    /// Completes once the log has more than <paramref name="size"/> records; at once where it has. Costs an append nothing but one exchange a
    /// batch. A ledger that is closed wakes nobody: pass a token that ends the wait.
    /// </summary>
    /// <exception cref="OperationCanceledException">Cancelled first.</exception>
    public async ValueTask WaitBeyondAsync(ulong size, CancellationToken cancellation)
    {
        while (Head.Size <= size)
        {
            var mine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var grown = Interlocked.CompareExchange(ref _grown, mine, null) ?? mine;
            // A head that was published before the wait could be seen wakes nobody: look once more.
            if (Head.Size > size)
                return;
            await grown.Task.WaitAsync(cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Reads the sealed payload of one record; <see cref="LedgerFaultKind.NotFound"/> when it has none, <see cref="LedgerFaultKind.PayloadPruned"/>
    /// when it had one that was removed.
    /// </summary>
    public ReadResult ReadPayload(ulong index)
    {
        using var frames = new BatchFrames(_vault, PayloadIndex, Number, SmallRead);
        var slot = index < Head.Size ? PayloadIndex.SlotOf(index) : -1;
        if (PayloadIndex.TryGet(slot, out var location))
        {
            frames.SeekBatch(slot);
            while (frames.MoveNext() && frames.Location == location)
            {
                if (VaultFrame.IndexOf(frames.Frame.Span) != index)
                    continue;
                if (PrunedFrame.Is(frames.Frame.Span))
                    return new ReadResult(new LedgerFault(LedgerFaultKind.PayloadPruned, $"the payload of record {index} of {Origin} was removed"));
                return new ReadResult(frames.Frame[(Format.FrameHeaderLength + VaultFrame.IndexLength)..].ToArray());
            }
        }

        return new ReadResult(frames.Fault
            ?? new LedgerFault(LedgerFaultKind.NotFound, $"record {index} of {Origin} has no payload"));
    }

    /// <summary>
    /// The inclusion proof of a record in the tree of the first <paramref name="size"/> records (RFC 6962 section 2.1.1), leaf side
    /// first; null when it needs records that cannot be read.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Not <c>index &lt; size ≤ Head.Size</c>.</exception>
    public IReadOnlyList<Hash256>? ProveInclusion(ulong index, ulong size)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, Head.Size);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        return _tree.InclusionProof(index, size);
    }

    /// <summary>
    /// The proof that the first <paramref name="to"/> records only append to the first <paramref name="from"/> (RFC 6962 section
    /// 2.1.2); empty from 0 and between equal sizes; null when it needs records that cannot be read.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Not <c>from ≤ to ≤ Head.Size</c>.</exception>
    public IReadOnlyList<Hash256>? ProveConsistency(ulong from, ulong to)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(to, Head.Size);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(from, to);
        return _tree.ConsistencyProof(from, to);
    }

    /// <summary>The root over the first <paramref name="size"/> records; null when it needs records that cannot be read.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="size"/> is beyond the head.</exception>
    public Hash256? RootAt(ulong size)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, Head.Size);
        return _tree.RootAt(size);
    }

    /// <summary>A tree that goes on from the first <paramref name="size"/> records; null when it needs records that cannot be read.</summary>
    internal TreeBuilder? BuilderAt(ulong size) => _tree.BuilderAt(size);

    /// <summary>The records from <paramref name="start"/> to before <paramref name="end"/>, which is at most the head.</summary>
    internal RecordCursor ReadRange(ulong start, ulong end) => new(_records, BatchIndex, Number, start, end, SmallRead, PrunedAt(start));

    /// <summary>The records before one are removed.</summary>
    internal void Prune(ulong to) => Volatile.Write(ref _minimumIndex, Math.Max(to, _minimumIndex));

    /// <summary>
    /// Complete nodes of the tree, left to right: leaf hashes at height 0, else at <see cref="SubtreeStore.LowestLevel"/> and above.
    /// False when records they need cannot be read.
    /// </summary>
    internal bool ReadNodes(int height, ulong first, Span<Hash256> nodes)
    {
        if (height == 0)
            return _tree.TryLeaves(first, nodes, Head.Size);
        for (var i = 0; i < nodes.Length; i++)
            nodes[i] = _subtrees[height, first + (ulong)i];
        return true;
    }

    internal void Publish(LogHead head, in BatchLocation location)
    {
        // A reader that sees the new head must find its records.
        BatchIndex.Add(in location);
        Volatile.Write(ref _head, head);
        Interlocked.Exchange(ref _grown, null)?.TrySetResult();
    }

    private LedgerFault? PrunedAt(ulong index) => index < MinimumIndex
        ? new LedgerFault(LedgerFaultKind.RecordPruned, $"the records of {Origin} before {MinimumIndex} were removed after their retention; their hashes and proofs are here")
        : null;

    private bool ReadLeaves(ulong first, Span<Hash256> hashes)
    {
        // Of records that were pruned there are the hashes alone.
        if (first < MinimumIndex)
        {
            var pruned = (int)Math.Min((ulong)hashes.Length, MinimumIndex - first);
            if (Hashes?.TryRead(first, hashes[..pruned]) != true)
                return false;
            first += (ulong)pruned;
            hashes = hashes[pruned..];
        }

        using var cursor = ReadRange(first, first + (ulong)hashes.Length);
        for (var i = 0; i < hashes.Length; i++)
        {
            if (!cursor.MoveNext())
                return false;
            hashes[i] = MerkleHash.Leaf(cursor.Current.Bytes.Span);
        }

        return true;
    }

    private LedgerFault Missing(ulong index) =>
        new(LedgerFaultKind.ReadFailed, $"record {index} of {Origin} is not where the index says; run 'writ ledger verify' on the folder");
}
