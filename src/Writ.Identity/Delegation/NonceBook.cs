using System.Collections.Concurrent;
using Writ.Crypto.Hashing;

namespace Writ.Identity.Delegation;

/// <summary>
/// What was used once and must not be used again, for as long as it would still be accepted. Full, it takes nothing more and so refuses:
/// to forget early would let a replay through. Thread safe.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="capacity">The most that is remembered at once; by default a million.</param>
public sealed class NonceBook(TimeProvider time, int capacity = 1_000_000)
{
    private readonly ConcurrentDictionary<Hash256, DateTimeOffset> _used = new();
    private long _sweptAt;

    /// <summary>Takes a nonce; false when it was taken before, or there is no room.</summary>
    /// <param name="nonce">What is used, with whose it is.</param>
    /// <param name="until">Until when it would be accepted.</param>
    public bool TryUse(Hash256 nonce, DateTimeOffset until)
    {
        Sweep();
        return _used.Count < capacity && _used.TryAdd(nonce, until);
    }

    // At most once a second, by whoever comes first.
    private void Sweep()
    {
        var now = time.GetUtcNow();
        var swept = Interlocked.Read(ref _sweptAt);
        if (now.Ticks - swept < TimeSpan.TicksPerSecond || Interlocked.CompareExchange(ref _sweptAt, now.Ticks, swept) != swept)
            return;
        foreach (var (nonce, until) in _used)
        {
            if (until < now)
                _used.TryRemove(nonce, out _);
        }
    }
}
