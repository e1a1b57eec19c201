using Writ.Cedar.Values;

namespace Writ.Cedar.Analysis;

/// <summary>Ordered values as counts of 64 bits.</summary>
internal static class Scale
{
    public const ValueTypes Types = ValueTypes.Long | ValueTypes.Decimal | ValueTypes.Datetime | ValueTypes.Duration;

    /// <summary>The type and count of an ordered value; null for any other.</summary>
    public static (ValueTypes Type, Int128 At)? Of(Value value) => value switch
    {
        LongValue number => (ValueTypes.Long, number.Value),
        DecimalValue number => (ValueTypes.Decimal, number.TenThousandths),
        DatetimeValue time => (ValueTypes.Datetime, time.Milliseconds),
        DurationValue time => (ValueTypes.Duration, time.Milliseconds),
        _ => null,
    };

    public static Value Make(ValueTypes type, long at) => type switch
    {
        ValueTypes.Long => new LongValue(at),
        ValueTypes.Decimal => new DecimalValue(at),
        ValueTypes.Datetime => new DatetimeValue(at),
        _ => new DurationValue(at),
    };

    public static ValueTypes TypeOf(Value value) => value switch
    {
        BoolValue => ValueTypes.Bool,
        StringValue => ValueTypes.String,
        EntityValue => ValueTypes.Entity,
        SetValue => ValueTypes.Set,
        RecordValue => ValueTypes.Record,
        IpValue => ValueTypes.Ip,
        PoisonValue => ValueTypes.None,
        _ => Of(value)!.Value.Type,
    };
}
