namespace Writ.Cedar.Policies;

/// <summary>The id of a policy or template, unique within a set. Immutable; compared ordinally.</summary>
public sealed record PolicyId
{
    /// <summary>Names a policy. Any string is an id.</summary>
    public PolicyId(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        Value = value;
    }

    /// <summary>The id.</summary>
    public string Value { get; }

    /// <summary>The id.</summary>
    public override string ToString() => Value;
}
