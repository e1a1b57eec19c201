using System.Collections.Immutable;

namespace Writ.Cedar.Values;

/// <summary>A set of values of any types. Duplicates and order are without meaning: <c>[1, 2, 1]</c> equals <c>[2, 1]</c>.</summary>
public sealed record SetValue : Value
{
    // Below this many elements a scan is faster than hashing.
    private const int ScannedCount = 8;

    private readonly HashSet<Value>? _lookup;
    private int _hash; // 0 until somebody asks

    private SetValue(ImmutableArray<Value> elements, HashSet<Value>? lookup)
    {
        Elements = elements;
        _lookup = lookup;
        foreach (var element in elements)
            HoldsPoison |= element.HoldsPoison;
    }

    /// <summary>The set without elements.</summary>
    public static SetValue Empty { get; } = new([], null);

    /// <summary>The elements without repetition, in the order in which they were first given.</summary>
    public ImmutableArray<Value> Elements { get; }

    /// <inheritdoc/>
    public override string TypeName => "set";

    /// <inheritdoc/>
    public override bool HoldsPoison { get; }

    /// <summary>Makes a set; repeated elements count once.</summary>
    public static SetValue Of(params IEnumerable<Value> elements)
    {
        ArgumentNullException.ThrowIfNull(elements);
        HashSet<Value>? seen = null;
        var distinct = ImmutableArray.CreateBuilder<Value>(elements.TryGetNonEnumeratedCount(out var count) ? count : ScannedCount);
        foreach (var element in elements)
        {
            if (!(seen?.Add(element) ?? distinct.IndexOf(element) < 0))
                continue;
            distinct.Add(element);
            if (distinct.Count > ScannedCount)
                seen ??= [.. distinct];
        }

        return distinct.Count == 0 ? Empty : new SetValue(distinct.DrainToImmutable(), seen);
    }

    /// <summary>Whether <paramref name="value"/> is an element.</summary>
    public bool Contains(Value value) => _lookup?.Contains(value) ?? Elements.AsSpan().Contains(value);

    /// <summary>Whether every element of <paramref name="other"/> is an element here.</summary>
    public bool IsSupersetOf(SetValue other)
    {
        ArgumentNullException.ThrowIfNull(other);
        foreach (var element in other.Elements)
        {
            if (!Contains(element))
                return false;
        }

        return true;
    }

    /// <summary>Whether an element of <paramref name="other"/> is an element here.</summary>
    public bool Overlaps(SetValue other)
    {
        ArgumentNullException.ThrowIfNull(other);
        foreach (var element in other.Elements)
        {
            if (Contains(element))
                return true;
        }

        return false;
    }

    /// <inheritdoc/>
    public bool Equals(SetValue? other) =>
        ReferenceEquals(this, other) || (other is not null && Elements.Length == other.Elements.Length && GetHashCode() == other.GetHashCode() && IsSupersetOf(other));

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        if (_hash != 0)
            return _hash;
        // A sum, because order is without meaning.
        var hash = 0;
        foreach (var element in Elements)
            hash = unchecked(hash + element.GetHashCode());
        return _hash = hash != 0 ? hash : 1;
    }
}
