namespace Writ.Ledger.Columns;

/// <summary>Columns read lately, within a budget of bytes: those not asked for longest leave first. Thread safe.</summary>
internal sealed class ColumnCache(long budget)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(ColumnBlock, int), LinkedListNode<Entry>> _kept = [];
    private readonly LinkedList<Entry> _oldestFirst = new();
    private long _bytes;

    public LoadedColumn? Find(ColumnBlock block, int column)
    {
        lock (_lock)
        {
            if (!_kept.TryGetValue((block, column), out var node))
                return null;
            _oldestFirst.Remove(node);
            _oldestFirst.AddLast(node);
            return node.Value.Column;
        }
    }

    public void Keep(ColumnBlock block, int number, LoadedColumn column)
    {
        lock (_lock)
        {
            if (column.Bytes > budget || _kept.ContainsKey((block, number)))
                return;
            _kept[(block, number)] = _oldestFirst.AddLast(new Entry((block, number), column));
            _bytes += column.Bytes;
            while (_bytes > budget)
            {
                var oldest = _oldestFirst.First!;
                _oldestFirst.RemoveFirst();
                _kept.Remove(oldest.Value.Key);
                _bytes -= oldest.Value.Column.Bytes;
            }
        }
    }

    private sealed record Entry((ColumnBlock, int) Key, LoadedColumn Column);
}
