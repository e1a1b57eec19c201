using System.Diagnostics.CodeAnalysis;

namespace Writ.Cedar.Values;

/// <summary>A record: values by name. Any string is a name, the empty one included; order is without meaning.</summary>
public sealed record RecordValue : Value
{
    private readonly string[] _names;
    private readonly Value[] _values;
    private int _hash; // 0 until somebody asks: most contexts are read and never compared

    // Both arrays are owned; the names are sorted ordinally and distinct.
    internal RecordValue(string[] names, Value[] values)
    {
        _names = names;
        _values = values;
        foreach (var value in values)
            HoldsPoison |= value.HoldsPoison;
    }

    /// <summary>The record without attributes.</summary>
    public static RecordValue Empty { get; } = new([], []);

    /// <summary>How many attributes there are.</summary>
    public int Count => _names.Length;

    /// <summary>The names, sorted ordinally.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>The attributes, sorted ordinally by name.</summary>
    public IEnumerable<KeyValuePair<string, Value>> Attributes
    {
        get
        {
            for (var i = 0; i < _names.Length; i++)
                yield return new KeyValuePair<string, Value>(_names[i], _values[i]);
        }
    }

    /// <inheritdoc/>
    public override string TypeName => "record";

    /// <inheritdoc/>
    public override bool HoldsPoison { get; }

    /// <summary>Makes a record of attributes.</summary>
    /// <exception cref="ArgumentException">A name is given twice.</exception>
    public static RecordValue Of(params ReadOnlySpan<(string Name, Value Value)> attributes)
    {
        var builder = new RecordBuilder(attributes.Length);
        foreach (var (name, value) in attributes)
            builder.Add(name, value);
        return builder.Build();
    }

    /// <summary>Gets an attribute; false when there is none of that name.</summary>
    public bool TryGet(string name, [NotNullWhen(true)] out Value? value)
    {
        int low = 0, high = _names.Length - 1;
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var order = string.CompareOrdinal(_names[middle], name);
            if (order == 0)
            {
                value = _values[middle];
                return true;
            }

            if (order < 0)
                low = middle + 1;
            else
                high = middle - 1;
        }

        value = null;
        return false;
    }

    // The same, trying first where the attribute stood in a record of the same form.
    internal bool TryGet(string name, ref int slot, [NotNullWhen(true)] out Value? value)
    {
        var guess = slot;
        if ((uint)guess < (uint)_names.Length && string.Equals(_names[guess], name))
        {
            value = _values[guess];
            return true;
        }

        var found = Array.BinarySearch(_names, name, StringComparer.Ordinal);
        value = found < 0 ? null : _values[found];
        if (found >= 0)
            slot = found;
        return found >= 0;
    }

    /// <inheritdoc/>
    public bool Equals(RecordValue? other) =>
        ReferenceEquals(this, other)
        || (other is not null && GetHashCode() == other.GetHashCode() && _names.AsSpan().SequenceEqual(other._names) && _values.AsSpan().SequenceEqual(other._values));

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        if (_hash != 0)
            return _hash;
        var hash = default(HashCode);
        for (var i = 0; i < _names.Length; i++)
        {
            hash.Add(_names[i]);
            hash.Add(_values[i]);
        }

        return _hash = hash.ToHashCode() is var made and not 0 ? made : 1;
    }
}
