using Writ.Crypto.Hashing;

namespace Writ.Ledger.Merkle;

/// <summary>
/// The roots of a log's complete subtrees of 256 leaves and more: a quarter byte of memory a record. Smaller subtrees are
/// hashed again from the records when a proof asks for them. Thread safe.
/// </summary>
internal sealed class SubtreeStore
{
    /// <summary>The height of a C2SP tile: 2^8 leaves.</summary>
    public const int LowestLevel = 8;

    private readonly Lock _gate = new();
    private readonly List<Hash256>[] _levels = new List<Hash256>[64 - LowestLevel];

    /// <summary>Adds the next nodes of a level, left to right.</summary>
    public void Add(int level, ReadOnlySpan<Hash256> nodes)
    {
        if (nodes.IsEmpty)
            return;
        lock (_gate)
        {
            var list = _levels[level - LowestLevel] ??= [];
            foreach (ref readonly var node in nodes)
                list.Add(node);
        }
    }

    /// <summary>The node at <paramref name="index"/> of <paramref name="level"/>; it must be complete.</summary>
    public Hash256 this[int level, ulong index]
    {
        get
        {
            lock (_gate)
                return _levels[level - LowestLevel][checked((int)index)];
        }
    }
}
