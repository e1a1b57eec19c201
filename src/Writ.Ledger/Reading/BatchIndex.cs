namespace Writ.Ledger.Reading;

/// <summary>The batches that hold frames of one log, in order: one entry a batch, rebuilt at open. Thread safe.</summary>
internal sealed class BatchIndex
{
    private readonly Lock _gate = new();
    private readonly List<BatchLocation> _entries = [];

    public void Add(in BatchLocation location)
    {
        lock (_gate)
            _entries.Add(location);
    }

    /// <summary>The slot of the last batch that begins at or before <paramref name="index"/>; -1 when there is none.</summary>
    public int SlotOf(ulong index)
    {
        lock (_gate)
        {
            int low = 0, high = _entries.Count - 1;
            while (low <= high)
            {
                var middle = (low + high) >>> 1;
                if (_entries[middle].FirstIndex <= index)
                    low = middle + 1;
                else
                    high = middle - 1;
            }

            return high;
        }
    }

    /// <summary>The entry at <paramref name="slot"/>; false past the end.</summary>
    public bool TryGet(int slot, out BatchLocation location)
    {
        lock (_gate)
        {
            var found = slot >= 0 && slot < _entries.Count;
            location = found ? _entries[slot] : default;
            return found;
        }
    }
}
