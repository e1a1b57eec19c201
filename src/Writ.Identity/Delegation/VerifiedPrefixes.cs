using System.Collections.Concurrent;
using System.Collections.Immutable;
using Writ.Crypto.Hashing;

namespace Writ.Identity.Delegation;

/// <summary>
/// Chains whose signatures and links were verified before, by the hash of all their bytes, signatures included. What holds of these bytes
/// once holds always; times, statuses and agents are looked at anew for every call. Bounded: when one half is full, the older is let go. Thread safe.
/// </summary>
internal sealed class VerifiedPrefixes
{
    private const int HalfSize = 4_096;

    private ConcurrentDictionary<Hash256, ImmutableArray<DelegationToken>> _young = new();
    private ConcurrentDictionary<Hash256, ImmutableArray<DelegationToken>> _old = new();

    public ImmutableArray<DelegationToken>? Find(Hash256 key)
    {
        if (_young.TryGetValue(key, out var tokens))
            return tokens;
        if (!_old.TryGetValue(key, out tokens))
            return null;
        Add(key, tokens);
        return tokens;
    }

    public void Add(Hash256 key, ImmutableArray<DelegationToken> tokens)
    {
        var young = _young;
        if (young.Count >= HalfSize && Interlocked.CompareExchange(ref _young, new(), young) == young)
            _old = young;
        _young[key] = tokens;
    }
}
