using System.Collections.Concurrent;
using System.Reflection;
using Writ.Ledger.Checkpoints;
using Writ.Ledger.Disks;
using Writ.Ledger.Hashes;
using Writ.Ledger.Notes;
using Writ.Ledger.Pruning;
using Writ.Ledger.Recovery;
using Writ.Ledger.Segments;
using Writ.Ledger.Writing;

namespace Writ.Ledger;

/// <summary>
/// The ledger of one data folder: many RFC 6962 logs in one physical log, each append durable before it is answered. Thread safe.
/// </summary>
/// <remarks>
/// (The type is not called Ledger because its namespace is; a type named like a namespace cannot be said in sibling namespaces.)
/// </remarks>
public sealed class MerkleLedger : IAsyncDisposable
{
    private static readonly string Engine =
        typeof(MerkleLedger).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";

    private static readonly LedgerFault ClosedFault = new(LedgerFaultKind.Closed, "the ledger is closed");
    private static readonly AppendResult WrongLength = new(new LedgerFault(
        LedgerFaultKind.RecordLength,
        $"a record is 1 to {Format.MaxRecordLength} bytes: put what is longer into the payload"));

    private static readonly AppendResult CancelledBefore = new(new LedgerFault(
        LedgerFaultKind.Cancelled,
        "cancelled before the record was queued: nothing was written"));

    private readonly LedgerOptions _options;
    private readonly IDisposable _ownership;
    private readonly SegmentFolder _records;
    private readonly SegmentFolder _vault;
    private readonly SegmentSpace _recordsSpace;
    private readonly SegmentSpace _vaultSpace;
    private readonly AppendQueue _queue;
    private readonly LedgerWriter _writer;
    private readonly CheckpointSchedule _schedule;
    private readonly CheckpointKeeper _keeper;
    private readonly HashFolder _hashFolder;
    private readonly HashKeeper _hashes;
    private readonly LogicalLog _catalog;
    private readonly ConcurrentDictionary<string, LogicalLog> _logs = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _creating = new(1, 1);
    private readonly Lock _pruning = new();
    private readonly AppendResult _payloadTooLong;
    private readonly Lazy<Task<LedgerFault?>> _closing;
    private readonly long _opened;
    private ulong _prunedSegments;
    private uint _nextLog;

    private MerkleLedger(LedgerOptions options, IDisposable ownership, LedgerRecovery recovery, SegmentFolder records, SegmentFolder vault, CheckpointKeeper keeper)
    {
        _options = options;
        _ownership = ownership;
        (_records, _vault) = (records, vault);
        _keeper = keeper;
        _catalog = recovery.Logs[Format.CatalogLog];
        foreach (var log in recovery.Logs.Values.Where(l => l.Number != Format.CatalogLog))
            _logs[log.Origin] = log;
        _nextLog = recovery.Logs.Keys.Max() + 1;
        _payloadTooLong = new AppendResult(new LedgerFault(
            LedgerFaultKind.PayloadLength,
            $"a sealed payload is at most {options.MaxPayloadBytes} bytes here"));

        _recordsSpace = NewSpace(records, recovery.RecordsEnd, options.SegmentBytes, recovery.Ledger);
        _vaultSpace = NewSpace(vault, recovery.VaultEnd, options.VaultSegmentBytes, recovery.Ledger);
        _queue = new AppendQueue(BatchLimits.From(options));
        _schedule = new CheckpointSchedule(this, options);
        _writer = new LedgerWriter(_queue, new BatchFramer(_recordsSpace, _vaultSpace, recovery.Ledger), _schedule.Published, FlushTimes, options.Time);
        _writer.Resume(recovery.RecordsEnd.ActiveSegment, recovery.VaultEnd.ActiveSegment);
        _hashFolder = recovery.Hashes;
        _hashes = new HashKeeper(this, _hashFolder, options.SigningKey, [
            .. recovery.RecordsEnd.Hashed.Select(h => (SegmentKind.Records, h.Number)), .. recovery.VaultEnd.Hashed.Select(h => (SegmentKind.Vault, h.Number))]);
        Pruner = new SegmentPruner(this, records, _hashFolder, options.SigningKey);
        _prunedSegments = recovery.RecordsEnd.PrunedSegments;
        Id = recovery.Ledger;
        _opened = options.Time.GetTimestamp();
        _closing = new Lazy<Task<LedgerFault?>>(() => Task.Run(Close));
    }

    /// <summary>All logs but the internal catalog, in no order.</summary>
    public IReadOnlyCollection<LogicalLog> Logs => (IReadOnlyCollection<LogicalLog>)_logs.Values;

    /// <summary>Why the ledger takes no more appends until it is opened again; null while it does.</summary>
    public LedgerFault? Fence => _writer.Fence;

    /// <summary>Why the last checkpoint that was due by records or time was not signed; null when it was.</summary>
    public LedgerFault? CheckpointFault => _schedule.Fault;

    /// <summary>Records waiting for the disk; a momentary value.</summary>
    public int QueueDepth => _queue.Depth;

    /// <summary>How long each flush of a batch of records or payloads took.</summary>
    public LatencyHistogram FlushTimes { get; } = new();

    /// <summary>Full segments whose hashes are not kept yet: the next opening reads them, and proofs of their records do.</summary>
    internal ulong WithoutHashes => _hashes.Behind;

    /// <summary>How many segments of records, from the first on, were removed on purpose.</summary>
    internal ulong PrunedSegments { get => Volatile.Read(ref _prunedSegments); set => Volatile.Write(ref _prunedSegments, value); }

    internal SegmentPruner Pruner { get; }

    internal LedgerId Id { get; }

    internal string DataFolder => _options.DataFolder;

    internal IDisk Disk => _options.Disk;

    internal TimeProvider Time => _options.Time;

    /// <summary>Held while payloads are overwritten: who reads a whole vault segment meanwhile may see half of that.</summary>
    internal Lock Pruning => _pruning;

    internal SegmentFolder FolderOf(SegmentKind kind) => kind == SegmentKind.Records ? _records : _vault;

    /// <summary>How many segments of a family are full: those numbered 1 to it never change again, but for payloads that are removed.</summary>
    internal ulong SealedSegments(SegmentKind kind) => Math.Max(1, _writer.LastSegment(kind)) - 1;

    /// <summary>The log with this number, the catalog included; null when there is none.</summary>
    internal LogicalLog? LogOf(uint number) => number == Format.CatalogLog ? _catalog : _logs.Values.FirstOrDefault(log => log.Number == number);

    /// <summary>
    /// Opens the ledger of a data folder, making it if absent: takes ownership, reads and checks everything, but for full segments that it
    /// read before and whose files nobody touched since, drops a batch that a crash cut short, compares with the kept checkpoints. Runs on the thread pool.
    /// </summary>
    /// <exception cref="OperationCanceledException">Cancelled before anything was changed.</exception>
    public static Task<LedgerOpening> OpenAsync(LedgerOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        return Task.Run(() => Open(options, cancellationToken), cancellationToken);
    }

    /// <summary>The log with this origin; null when there is none.</summary>
    public LogicalLog? FindLog(string origin) => _logs.GetValueOrDefault(origin);

    /// <summary>
    /// The log with this origin, created durably when absent. An origin is a name without spaces, '+' and control characters of at
    /// most 255 bytes, as a schema-less URL such as <c>writ.example.com/acme/decisions</c>.
    /// </summary>
    public async ValueTask<LogOpening> OpenLogAsync(string origin, CancellationToken cancellationToken = default)
    {
        if (_logs.TryGetValue(origin, out var existing))
            return new LogOpening.Opened(existing);
        if (!NoteText.IsName(origin))
            return new LogOpening.Refused(new LedgerFault(
                LedgerFaultKind.OriginInvalid,
                "an origin has 1 to 255 bytes without spaces, '+' and control characters"));

        await _creating.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return _logs.TryGetValue(origin, out existing)
                ? new LogOpening.Opened(existing)
                : await CreateLog_NeedsLock(origin).ConfigureAwait(false);
        }
        finally
        {
            _creating.Release();
        }
    }

    /// <summary>
    /// Appends a record, and a sealed payload to the vault when one is given. Completes once both are durable, or with the fault
    /// that says why not. The bytes are copied before the call returns. Never blocks; continuations run on the thread pool.
    /// </summary>
    /// <param name="log">A log of this ledger.</param>
    /// <param name="record">1 to 65,535 bytes: the leaf of the tree.</param>
    /// <param name="sealedPayload">Already encrypted bytes for the vault; may be empty. Durable no later than the record.</param>
    /// <param name="appendClass">Which room it may use on a filling disk.</param>
    /// <param name="cancellationToken">
    /// Ends the wait, not the append: once queued, a record is written whatever the token says, and the answer is then
    /// <see cref="LedgerFaultKind.AwaitCancelled"/>. Pass none to always learn the outcome.
    /// </param>
    /// <exception cref="ArgumentException">The log belongs to another ledger.</exception>
    public ValueTask<AppendResult> AppendAsync(
        LogicalLog log,
        ReadOnlyMemory<byte> record,
        ReadOnlyMemory<byte> sealedPayload = default,
        AppendClass appendClass = AppendClass.Ordinary,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(log);
        if (!ReferenceEquals(log.Records, _records))
            throw new ArgumentException("the log belongs to another ledger", nameof(log));
        if (record.Length is 0 or > Format.MaxRecordLength)
            return ValueTask.FromResult(WrongLength);
        if (sealedPayload.Length > _options.MaxPayloadBytes)
            return ValueTask.FromResult(_payloadTooLong);
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromResult(CancelledBefore);

        var pending = _queue.TryEnqueue(log, record.Span, sealedPayload.Span, appendClass, out var refusal);
        if (pending is null)
            return ValueTask.FromResult(new AppendResult(refusal!));
        var version = pending.Version;
        if (cancellationToken.CanBeCanceled)
            pending.CancelWith(cancellationToken);
        return new ValueTask<AppendResult>(pending, version);
    }

    /// <summary>
    /// Removes the sealed payloads of records for good, from the disk as well; records, roots and proofs stay. Records without a payload, and
    /// payloads removed before, are passed over. Does disk work on the caller's thread. Null when all are gone.
    /// </summary>
    public LedgerFault? PrunePayloads(LogicalLog log, IEnumerable<ulong> indexes)
    {
        ArgumentNullException.ThrowIfNull(log);
        ArgumentNullException.ThrowIfNull(indexes);
        lock (_pruning)
        {
            var fault = PayloadPruner.Prune(_vault, log, indexes);
            _hashes.ForgetVault();
            return fault;
        }
    }

    /// <summary>
    /// The signed checkpoint of the log's present head, kept apart durably before it is returned. Does disk work on the caller's
    /// thread, and none when nothing was appended since the last.
    /// </summary>
    public CheckpointSigning SignCheckpoint(LogicalLog log)
    {
        ArgumentNullException.ThrowIfNull(log);
        if (_writer.Fence is { } fence)
            return new CheckpointSigning.Refused(fence);
        var began = _options.Time.GetTimestamp();
        var signing = _keeper.Sign(log.Origin, log.Head);
        if (signing is CheckpointSigning.Done done)
            (log.SignedSize, log.CoveredAt) = (done.Signed.Checkpoint.Size, began);
        return signing;
    }

    /// <summary>
    /// Holds a log against a checkpoint of it that somebody else kept, such as a witness. Where a key of this ledger signed it and the log does
    /// not contain what it promised, the log was rolled back or has two histories: the ledger takes and signs nothing more, now and, because
    /// the checkpoint is kept in the place of its own, after every later opening. Does disk work on the caller's thread.
    /// </summary>
    /// <param name="log">A log of this ledger.</param>
    /// <param name="note">A signed note; anything that is not one of this log is passed over.</param>
    /// <returns>Why the ledger is fenced; null where nothing contradicts it.</returns>
    public LedgerFault? Confront(LogicalLog log, ReadOnlyMemory<byte> note)
    {
        ArgumentNullException.ThrowIfNull(log);
        if (_keeper.Read(log.Origin, note.Span) is not { } checkpoint
            || CheckpointComparison.Compare(checkpoint, log) is not { Kind: LedgerFaultKind.RolledBack or LedgerFaultKind.HistoryDiffers } differs)
            return null;
        var fault = new LedgerFault(LedgerFaultKind.WitnessContradicts, $"somebody else kept a checkpoint that a key of this installation signed: {differs.Detail}");
        _writer.Stop(fault);
        _keeper.Yield(log.Origin, note.ToArray(), fault);
        return fault;
    }

    /// <summary>The last signed checkpoint of the log; null when it was never signed.</summary>
    public SignedCheckpoint? LastCheckpoint(LogicalLog log)
    {
        ArgumentNullException.ThrowIfNull(log);
        return _keeper.Last(log.Origin);
    }

    /// <summary>
    /// For how long a log has had records that no checkpoint signed by this process covers, to within the interval at which they are signed;
    /// zero while all are covered.
    /// </summary>
    public TimeSpan UncoveredFor(LogicalLog log)
    {
        ArgumentNullException.ThrowIfNull(log);
        return log.Head.Size == log.SignedSize ? TimeSpan.Zero : _options.Time.GetElapsedTime(Math.Max(_opened, log.CoveredAt));
    }

    /// <summary>
    /// Refuses new appends, answers all that were queued, signs the checkpoints of logs with new records, gives up ownership.
    /// Returns why something of that failed, or null. Safe to call again.
    /// </summary>
    public Task<LedgerFault?> CloseAsync() => _closing.Value;

    /// <summary>The same as <see cref="CloseAsync"/>.</summary>
    public async ValueTask DisposeAsync()
    {
        await CloseAsync().ConfigureAwait(false);
        _hashes.Dispose();
        _creating.Dispose();
    }

    /// <summary>The header of a full segment, of a pruned one out of its hashes; null where it cannot be read.</summary>
    internal SegmentHeader? HeaderOf(SegmentKind kind, ulong number) => _hashFolder.HeaderOf(FolderOf(kind), number, kind == SegmentKind.Records && number <= PrunedSegments);

    private static LedgerOpening Open(LedgerOptions options, CancellationToken cancellationToken)
    {
        if (options.Validate() is { } invalid)
            return new LedgerOpening.Refused(invalid);
        var records = new SegmentFolder(options.Disk, options.DataFolder, SegmentKind.Records);
        var vault = new SegmentFolder(options.Disk, options.DataFolder, SegmentKind.Vault);
        if ((options.Disk.CreateFolder(records.Path) ?? options.Disk.CreateFolder(vault.Path)) is { } unmade)
            return new LedgerOpening.Refused(new LedgerFault(LedgerFaultKind.StorageFailed, unmade.ToString()));
        if (!options.Disk.TryLock(Path.Combine(options.DataFolder, "owner.lock"), out var ownership, out var taken))
            return new LedgerOpening.Refused(taken.ErrorNumber == DiskFault.Again
                ? new LedgerFault(LedgerFaultKind.FolderInUse, $"another process owns {options.DataFolder}: one ledger, one owner")
                : new LedgerFault(LedgerFaultKind.StorageFailed, taken.ToString()));

        MerkleLedger? ledger = null;
        try
        {
            var keeper = new CheckpointKeeper(options.Checkpoints, options.SigningKey, options.PreviousKeys);
            var recovery = new LedgerRecovery(options, records, vault, new HashFolder(options.Disk, options.DataFolder, [options.SigningKey.PublicKey, .. options.PreviousKeys]));
            if ((keeper.Load() ?? recovery.Run(keeper, cancellationToken)) is { } fault)
                return new LedgerOpening.Refused(fault);
            ledger = new MerkleLedger(options, ownership, recovery, records, vault, keeper);
            if ((ledger.Resume(ledger._recordsSpace, records, recovery.RecordsEnd, recovery.History.LastBatch, recovery.History.NextSequence, recovery.History.LastHash)
                ?? ledger.Resume(ledger._vaultSpace, vault, recovery.VaultEnd, recovery.Payloads.LastBatch, recovery.Payloads.NextSequence, recovery.Payloads.LastHash)) is { } unopened)
                return new LedgerOpening.Refused(unopened);
            ledger._writer.Start();
            ledger._schedule.Start();
            ledger._hashes.Start();
            var opened = new LedgerOpening.Opened(ledger, recovery.Report);
            ledger = null;
            ownership = null;
            return opened;
        }
        finally
        {
            ledger?._hashes.Stop();
            ledger?._recordsSpace.Close();
            ledger?._vaultSpace.Close();
            ownership?.Dispose();
        }
    }

    private async ValueTask<LogOpening> CreateLog_NeedsLock(string origin)
    {
        // Kept first, even empty: from the first record on, a data folder without this log is a rollback.
        if (_keeper.Sign(origin, LogHead.Empty) is CheckpointSigning.Refused refused)
            return new LogOpening.Refused(refused.Fault);
        var number = _nextLog;
        var result = await AppendAsync(_catalog, CatalogRecord.Write(number, origin), default, AppendClass.Reserved).ConfigureAwait(false);
        if (!result.IsDurable)
            return new LogOpening.Refused(result.Fault);
        _nextLog++;
        var log = new LogicalLog(new Reading.LogHistory(number, origin), _records, _vault, _hashFolder);
        _logs[origin] = log;
        return new LogOpening.Opened(log);
    }

    private SegmentSpace NewSpace(SegmentFolder folder, FamilyEnd end, long segmentLength, LedgerId ledger)
    {
        var existing = new List<Spare>();
        foreach (var (number, length) in end.Spares)
        {
            if (!folder.Disk.TryOpen(folder.PathOf(number), DiskAccess.WriteUncached, out var file, out _))
                break; // made again under the same name when it is its turn
            existing.Add(new Spare(number, file, length));
        }

        var spares = new SpareSegments(folder, segmentLength, _options.SegmentsAhead, end.NextSegment, existing, _options.Time);
        return new SegmentSpace(folder, spares, ledger, _options.ReserveBytes, Engine);
    }

    private LedgerFault? Resume(
        SegmentSpace space,
        SegmentFolder folder,
        FamilyEnd end,
        ulong lastBatch,
        ulong nextSequence,
        in Crypto.Hashing.Hash256 lastHash)
    {
        IDiskFile? file = null;
        if (end.ActiveSegment > 0
            && !_options.Disk.TryOpen(folder.PathOf(end.ActiveSegment), DiskAccess.WriteUncached, out file, out var fault))
            return new LedgerFault(LedgerFaultKind.StorageFailed, fault.ToString());
        space.Resume(file, end.ActiveSegment, end.ActiveOffset, end.ActiveLength, lastBatch + 1, nextSequence, lastHash);
        return null;
    }

    private LedgerFault? Close()
    {
        _schedule.Stop();
        _hashes.Stop();
        _queue.Close(ClosedFault);
        _writer.Join();
        LedgerFault? fault = _writer.Fence;
        foreach (var log in _logs.Values)
        {
            if (log.Head.Size > 0 && SignCheckpoint(log) is CheckpointSigning.Refused refused)
                fault ??= refused.Fault;
        }

        _recordsSpace.Close();
        _vaultSpace.Close();
        _ownership.Dispose();
        return fault;
    }
}
