using System.Collections.Immutable;

namespace Writ.Ledger.Columns;

/// <summary>
/// An index over the records of one log: typed columns in immutable blocks of 65,536 records, made from the log and never the truth.
/// Blocks that are missing, damaged, of another schema or of another history are made again; records too new for a block are indexed
/// in memory. Thread safe; who calls <see cref="CatchUp"/> does the work.
/// </summary>
public sealed class ColumnIndex
{
    private const ulong RunRows = OpenRun.MostRows;

    private readonly Lock _lock = new();
    private readonly ColumnSchema _schema;
    private readonly IRowExtractor _extractor;
    private readonly IRecordSource _source;
    private readonly BlockFolder _folder;
    private readonly List<ColumnBlock> _blocks;
    private readonly RowWriter _row;

    // The run before the last is kept open too: most of what later records say of a record comes soon after it.
    private readonly EarlierRows _earlier;
    private OpenRun _last;
    private int _blank;

    internal ColumnIndex(IRecordSource source, ColumnSchema schema, IRowExtractor extractor, ColumnIndexOptions options)
    {
        (_source, _schema, _extractor) = (source, schema, extractor);
        _folder = new BlockFolder(options, schema, new ColumnCache(options.CacheBytes));
        _blocks = _folder.Open(source);
        _last = new OpenRun(schema, 0);
        _earlier = new EarlierRows(_blocks);
        _row = new RowWriter(schema, _last, _earlier);
        lock (_lock)
            GoOnAfterBlocks_NeedsLock();
    }

    /// <summary>Opens the index of a log: reads the blocks' headers, and nothing of the log but one root.</summary>
    public static ColumnIndex Open(LogicalLog log, ColumnSchema schema, IRowExtractor extractor, ColumnIndexOptions options)
    {
        ArgumentNullException.ThrowIfNull(log);
        ArgumentNullException.ThrowIfNull(schema);
        ArgumentNullException.ThrowIfNull(extractor);
        ArgumentNullException.ThrowIfNull(options);
        return new ColumnIndex(new LogRecords(log), schema, extractor, options);
    }

    /// <summary>How many records are indexed: the log's first so many.</summary>
    public ulong Rows
    {
        get
        {
            lock (_lock)
                return _last.End;
        }
    }

    /// <summary>How many records of the log are not indexed yet.</summary>
    public ulong Behind => _source.Size - Math.Min(_source.Size, Rows);

    /// <summary>Indexes what the log has beyond <see cref="Rows"/>, at most so many records. Null, or why it ended early.</summary>
    public LedgerFault? CatchUp(int atMost)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(atMost);
        lock (_lock)
        {
            LetGo_NeedsLock();
            var first = _last.End;
            var end = Math.Min(_source.Size, first + (ulong)atMost);
            // Of records that were pruned a row is left that says nothing.
            for (var pruned = Math.Min(end, _source.First); first < pruned; first++)
                AddBlank_NeedsLock();
            var fault = first < end ? _source.Read(first, end, Add_NeedsLock) : null;
            if (_earlier.Damaged is { } damaged)
                Forget_NeedsLock((int)(damaged.FirstRow / RunRows));
            return fault;
        }
    }

    /// <summary>The rows as they stand.</summary>
    public ColumnView View()
    {
        lock (_lock)
            return new ColumnView([.. _blocks, .. _earlier.Before?.Slices() ?? [], .. _last.Slices()], _last.End);
    }

    /// <summary>Takes a block that turned out to be damaged, and all after it, out of the index: they are made again.</summary>
    public void Forget(ColumnBlock block)
    {
        ArgumentNullException.ThrowIfNull(block);
        lock (_lock)
        {
            var number = (int)(block.FirstRow / RunRows);
            if (number < _blocks.Count)
                Forget_NeedsLock(number);
        }
    }

    private void Forget_NeedsLock(int number)
    {
        Remove_NeedsLock(number);
        GoOnAfterBlocks_NeedsLock();
    }

    private void Remove_NeedsLock(int number)
    {
        _blocks.RemoveRange(number, _blocks.Count - number);
        _folder.RemoveFrom(number);
    }

    /// <summary>Sets the extractor and the amendments to where the last whole block ended.</summary>
    private void GoOnAfterBlocks_NeedsLock()
    {
        while (!TryGoOn_NeedsLock())
            Remove_NeedsLock(Math.Max(0, _blocks.Count - 1));
        (_earlier.Before, _earlier.Damaged) = (null, null);
        _last.Restart((ulong)_blocks.Count * RunRows);
        _earlier.Amendments = _last.Amendments;
    }

    private bool TryGoOn_NeedsLock()
    {
        if (!_extractor.TryReadCarry(_blocks.Count == 0 ? default : _blocks[^1].Carry() is { } carry ? carry.Span : [0]))
            return _blocks.Count == 0 ? throw new InvalidOperationException("the extractor refuses the beginning of a log") : false;
        for (var number = 0; number < _blocks.Count; number++)
        {
            if (_blocks[number].Amendments() is not { } amendments)
                return false;
            foreach (var earlier in amendments.GroupBy(a => (int)(a.Row / RunRows)))
                _blocks[earlier.Key] = _blocks[earlier.Key].With(earlier);
        }

        return true;
    }

    private void Add_NeedsLock(LedgerRecord record)
    {
        if (_last.Rows == OpenRun.MostRows)
            TurnOver_NeedsLock();
        _row.MoveTo(_last);
        _extractor.Extract(in record, _row);
        _last.Added();
    }

    private void AddBlank_NeedsLock()
    {
        if (_last.Rows == OpenRun.MostRows)
            TurnOver_NeedsLock();
        _last.Added();
    }

    /// <summary>Takes out of the blocks on the disk what they say of records that were pruned, block by block, once all of a block's were.</summary>
    private void LetGo_NeedsLock()
    {
        for (; _blank < _blocks.Count && (ulong)(_blank + 1) * RunRows <= _source.First; _blank++)
        {
            var block = _blocks[_blank];
            if (Enumerable.Range(0, _schema.Columns.Length).All(column => !block.HasValues(column)) || block.Carry() is not { } carry || block.Amendments() is null)
                continue;
            var run = new OpenRun(_schema, block.FirstRow) { Carry = carry.ToArray() };
            for (var row = 0; row < OpenRun.MostRows; row++)
                run.Added();
            var bytes = run.Write(block.Root);
            _blocks[_blank] = _folder.Write(_blank, bytes) ?? ColumnBlock.InMemory(_schema, bytes, run.FirstRow)!;
        }
    }

    private void TurnOver_NeedsLock()
    {
        var carry = new System.Buffers.ArrayBufferWriter<byte>();
        _extractor.WriteCarry(carry);
        _last.Carry = carry.WrittenSpan.ToArray();
        var free = _earlier.Before;
        if (free is not null)
            Seal_NeedsLock(free);
        _earlier.Before = _last;
        if (free is null)
            _last = new OpenRun(_schema, _earlier.Before.End);
        else
            (_last = free).Restart(_earlier.Before.End);
        _earlier.Amendments = _last.Amendments;
    }

    /// <summary>Where the disk does not take a block, it stays in memory; the next opening makes it again.</summary>
    private void Seal_NeedsLock(OpenRun run)
    {
        var bytes = run.Write(_source.RootAt(run.End) ?? default);
        _blocks.Add(_folder.Write(_blocks.Count, bytes) ?? ColumnBlock.InMemory(_schema, bytes, run.FirstRow)!);
    }
}
