using System.Collections.Immutable;

namespace Writ.Cedar.Values;

/// <summary>A set of values of any types. Duplicates and order are without meaning: <c>[1, 2, 1]</c> equals <c>[2, 1]</c>.</summary>
public sealed record SetValue : Value
{
    // Below this many elements a scan is faster than hashing.
    private const int ScannedCount = 8;

    private readonly HashSet<Value>? _lookup;
    private readonly int _hash;

    private SetValue(ImmutableArray<Value> elements, HashSet<Value>? lookup)
    {
        Elements = elements;
        _lookup = lookup;
        foreach (var element in elements)
        {
            HoldsPoison |= element.HoldsPoison;
            _hash += element.GetHashCode();
        }
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
        var seen = new HashSet<Value>();
        var distinct = ImmutableArray.CreateBuilder<Value>();
        foreach (var element in elements)
        {
            if (seen.Add(element))
                distinct.Add(element);
        }

        return seen.Count == 0 ? Empty : new SetValue(distinct.DrainToImmutable(), seen.Count > ScannedCount ? seen : null);
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
        ReferenceEquals(this, other) || (other is not null && _hash == other._hash && Elements.Length == other.Elements.Length && IsSupersetOf(other));

    /// <inheritdoc/>
    public override int GetHashCode() => _hash;
}
