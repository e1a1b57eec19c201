namespace Writ.Cedar.Values;

/// <summary>A Boolean: <see cref="True"/> or <see cref="False"/>.</summary>
public sealed record BoolValue : Value
{
    private BoolValue(bool value) => Value = value;

    /// <summary>The value <c>true</c>.</summary>
    public static BoolValue True { get; } = new(true);

    /// <summary>The value <c>false</c>.</summary>
    public static BoolValue False { get; } = new(false);

    /// <summary>The Boolean.</summary>
    public bool Value { get; }

    /// <inheritdoc/>
    public override string TypeName => "bool";

    /// <summary>The value of a Boolean.</summary>
    public static BoolValue Of(bool value) => value ? True : False;
}
