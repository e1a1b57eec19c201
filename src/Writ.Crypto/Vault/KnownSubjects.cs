using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Writ.Crypto.Vault;

/// <summary>
/// The keys of subjects that were sealed for lately, by the subjects' names, so that a name is not tagged again for every payload. Holds at
/// most <see cref="Capacity"/>, and then begins anew. A subject that is forgotten is forgotten here too. Thread safe.
/// </summary>
internal sealed class KnownSubjects
{
    public const int Capacity = 4096;

    private readonly ConcurrentDictionary<string, SubjectKey> _keys = new(StringComparer.Ordinal);
    private int _count;

    /// <summary>How many names are kept.</summary>
    public int Count => _keys.Count;

    public bool TryFind(string subject, [NotNullWhen(true)] out SubjectKey? key) => _keys.TryGetValue(subject, out key) && !key.IsDestroyed;

    public void Remember(string subject, SubjectKey key)
    {
        if (Interlocked.Increment(ref _count) > Capacity)
        {
            Interlocked.Exchange(ref _count, 1);
            _keys.Clear();
        }

        _keys[subject] = key;
        // Destroyed meanwhile: its name must not stay.
        if (key.IsDestroyed)
            Forget(key);
    }

    public void Forget(SubjectKey key)
    {
        foreach (var known in _keys)
        {
            if (ReferenceEquals(known.Value, key))
                _keys.TryRemove(known);
        }
    }
}
