using Writ.Cedar.Entities;

namespace Writ.Cedar.Values;

/// <summary>
/// A Cedar value. Closed: <see cref="BoolValue"/>, <see cref="LongValue"/>, <see cref="StringValue"/>, <see cref="EntityValue"/>,
/// <see cref="SetValue"/>, <see cref="RecordValue"/>, the extension values <see cref="DecimalValue"/>, <see cref="IpValue"/>,
/// <see cref="DatetimeValue"/> and <see cref="DurationValue"/>, and <see cref="PoisonValue"/>, which Cedar does not have.
/// All are immutable and compare by content as Cedar's <c>==</c> does; values of two types are never equal.
/// </summary>
public abstract record Value
{
    private protected Value()
    {
    }

    /// <summary>The name of the value's type, for messages: <c>bool, long, string, set, record, decimal, ipaddr, datetime, duration</c> or an entity type.</summary>
    public abstract string TypeName { get; }

    /// <summary>Whether the value is, or holds at any depth, a <see cref="PoisonValue"/>; comparing such a value is an evaluation error.</summary>
    public virtual bool HoldsPoison => false;

    /// <summary>A Boolean.</summary>
    public static implicit operator Value(bool value) => BoolValue.Of(value);

    /// <summary>An integer.</summary>
    public static implicit operator Value(long value) => new LongValue(value);

    /// <summary>A string.</summary>
    public static implicit operator Value(string value) => new StringValue(value);

    /// <summary>A reference to an entity.</summary>
    public static implicit operator Value(EntityUid uid) => new EntityValue(uid);

    /// <summary>The value as a Cedar expression that evaluates to it; a poison value, which has none, as <c>«poison: reason»</c>.</summary>
    public sealed override string ToString() => Syntax.ValueText.Of(this);
}
