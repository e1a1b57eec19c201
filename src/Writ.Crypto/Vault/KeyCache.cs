using Writ.Crypto.Sealing;

namespace Writ.Crypto.Vault;

/// <summary>
/// At most so many unwrapped subject keys. Two generations: a key in use moves to the young one, and when that is full the old
/// one is let go. A key let go is not disposed, for it may be in use; its native memory is wiped when it is collected. Thread safe.
/// </summary>
internal sealed class KeyCache(int capacity)
{
    private readonly Lock _gate = new();
    private Dictionary<Guid, SealingKey> _young = [];
    private Dictionary<Guid, SealingKey> _old = [];

    public SealingKey? Find(Guid id)
    {
        lock (_gate)
        {
            if (_young.TryGetValue(id, out var key))
                return key;
            if (!_old.Remove(id, out key))
                return null;
            Add_NeedsLock(id, key);
            return key;
        }
    }

    /// <summary>Keeps a key and returns it, or the one another thread brought first.</summary>
    public SealingKey Keep(Guid id, SealingKey key)
    {
        lock (_gate)
        {
            if (_young.TryGetValue(id, out var first) || _old.TryGetValue(id, out first))
            {
                key.Dispose();
                return first;
            }

            Add_NeedsLock(id, key);
            return key;
        }
    }

    /// <summary>Wipes a key at once; a use under way ends first.</summary>
    public void Destroy(Guid id)
    {
        lock (_gate)
        {
            if (_young.Remove(id, out var key) || _old.Remove(id, out key))
                key.Dispose();
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            foreach (var key in _young.Values.Concat(_old.Values))
                key.Dispose();
            _young = [];
            _old = [];
        }
    }

    private void Add_NeedsLock(Guid id, SealingKey key)
    {
        if (_young.Count >= Math.Max(1, capacity / 2))
            (_old, _young) = (_young, []);
        _young[id] = key;
    }
}
