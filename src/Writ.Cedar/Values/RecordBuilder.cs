namespace Writ.Cedar.Values;

/// <summary>Collects the attributes of a record, such as a request's context, without going through JSON. Not thread safe.</summary>
public sealed class RecordBuilder
{
    private string[] _names;
    private Value[] _values;
    private int _count;
    private bool _isAscending = true;

    /// <summary>Starts with no attributes.</summary>
    /// <param name="capacity">How many are expected; more are possible.</param>
    public RecordBuilder(int capacity = 4)
    {
        _names = capacity == 0 ? [] : new string[capacity];
        _values = capacity == 0 ? [] : new Value[capacity];
    }

    /// <summary>Adds an attribute; a name given twice is found by <see cref="Build"/>. Names in ordinal order need no sorting.</summary>
    public RecordBuilder Add(string name, Value value)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(value);
        if (_count == _names.Length)
        {
            // Also what keeps a record that took the arrays over from being changed: it has them full.
            var more = Math.Max(4, 2 * _count);
            Array.Resize(ref _names, more);
            Array.Resize(ref _values, more);
        }

        _isAscending &= _count == 0 || string.CompareOrdinal(_names[_count - 1], name) < 0;
        _names[_count] = name;
        _values[_count++] = value;
        return this;
    }

    /// <summary>Makes the record. The builder may be used further and does not change it.</summary>
    /// <exception cref="ArgumentException">A name was added twice.</exception>
    public RecordValue Build()
    {
        if (TryBuild(out var record) is { } twice)
            throw new ArgumentException($"The attribute '{twice}' was added twice.");
        return record!;
    }

    // The name that was added twice, or null when the record could be made.
    internal string? TryBuild(out RecordValue? record)
    {
        record = null;
        if (_count == 0)
        {
            record = RecordValue.Empty;
            return null;
        }

        if (_isAscending && _count == _names.Length)
        {
            record = new RecordValue(_names, _values);
            return null;
        }

        var (names, values) = (_names[.._count], _values[.._count]);
        if (!_isAscending)
        {
            Array.Sort(names, values, StringComparer.Ordinal);
            for (var i = 1; i < names.Length; i++)
            {
                if (names[i] == names[i - 1])
                    return names[i];
            }
        }

        record = new RecordValue(names, values);
        return null;
    }
}
