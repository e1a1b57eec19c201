using System.Collections;

namespace Writ.Cedar.Policies;

/// <summary>The annotations of a policy, in the order of the source; each key once. Immutable; compared in order.</summary>
public sealed class Annotations : IReadOnlyList<Annotation>, IEquatable<Annotations>
{
    private readonly Annotation[] _items;

    /// <summary>Collects annotations.</summary>
    /// <exception cref="ArgumentException">A key is given twice.</exception>
    public Annotations(params IEnumerable<Annotation> items)
    {
        _items = [.. items];
        if (_items.DistinctBy(item => item.Key, StringComparer.Ordinal).Count() != _items.Length)
            throw new ArgumentException("A policy has each annotation once.", nameof(items));
    }

    /// <summary>No annotations.</summary>
    public static Annotations None { get; } = new();

    /// <inheritdoc/>
    public int Count => _items.Length;

    /// <inheritdoc/>
    public Annotation this[int index] => _items[index];

    /// <summary>The value of a key: empty when the annotation is bare, null when there is none.</summary>
    public string? Find(string key)
    {
        foreach (var item in _items)
        {
            if (item.Key == key)
                return item.Value ?? "";
        }

        return null;
    }

    /// <inheritdoc/>
    public IEnumerator<Annotation> GetEnumerator() => ((IEnumerable<Annotation>)_items).GetEnumerator();

    /// <inheritdoc/>
    public bool Equals(Annotations? other) => other is not null && _items.AsSpan().SequenceEqual(other._items);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Annotations);

    /// <inheritdoc/>
    public override int GetHashCode() => _items.Length == 0 ? 0 : HashCode.Combine(_items.Length, _items[0]);

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
