namespace Writ.Cedar.Values;

/// <summary>Collects the attributes of a record, such as a request's context, without going through JSON. Not thread safe.</summary>
public sealed class RecordBuilder
{
    private readonly List<string> _names;
    private readonly List<Value> _values;

    /// <summary>Starts with no attributes.</summary>
    /// <param name="capacity">How many are expected; more are possible.</param>
    public RecordBuilder(int capacity = 4)
    {
        _names = new List<string>(capacity);
        _values = new List<Value>(capacity);
    }

    /// <summary>Adds an attribute; a name given twice is found by <see cref="Build"/>.</summary>
    public RecordBuilder Add(string name, Value value)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(value);
        _names.Add(name);
        _values.Add(value);
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
        if (_names.Count == 0)
        {
            record = RecordValue.Empty;
            return null;
        }

        string[] names = [.. _names];
        Value[] values = [.. _values];
        Array.Sort(names, values, StringComparer.Ordinal);
        for (var i = 1; i < names.Length; i++)
        {
            if (names[i] == names[i - 1])
                return names[i];
        }

        record = new RecordValue(names, values);
        return null;
    }
}
