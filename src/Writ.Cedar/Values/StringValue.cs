namespace Writ.Cedar.Values;

/// <summary>A string of Unicode scalar values, compared ordinally and never normalized.</summary>
public sealed record StringValue : Value
{
    /// <summary>Wraps a string.</summary>
    public StringValue(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        Value = value;
    }

    /// <summary>The string.</summary>
    public string Value { get; }

    /// <inheritdoc/>
    public override string TypeName => "string";
}
