using System.Text.Json;
using Writ.Governance.Records;
using Writ.Governance.Tools;

namespace Writ.Governance.Retention;

/// <summary>What retention looks at in a record of the decision log.</summary>
/// <param name="At">When it was written.</param>
/// <param name="Class">How long its payload is kept.</param>
/// <param name="HasPayload">Whether it has one.</param>
internal readonly record struct RetainedRecord(DateTimeOffset At, RetentionClass Class, bool HasPayload)
{
    public static RetainedRecord Read(JsonElement record) => new(
        Timestamp.FromMicroseconds(record.GetProperty("at").GetInt64()),
        record.GetProperty("kind").ValueEquals("telemetry") ? RetentionClass.Traces
        : record.TryGetProperty("evidence", out _) || (record.TryGetProperty("effect", out var effect) && effect.ValueEquals(EffectClass.Money.Word()))
            ? RetentionClass.Financial
            : RetentionClass.Decisions,
        record.TryGetProperty("commitment", out _) || record.TryGetProperty("evidence", out _));
}
