using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Writ.Governance.Organizations;

namespace Writ.Governance.Tasks;

/// <summary>Identifies a task. A UUID, version 7 when Writ mints it.</summary>
[JsonConverter(typeof(ParsableConverter<TaskId>))]
public readonly record struct TaskId(Guid Value) : IParsable<TaskId>
{
    /// <summary>Mints a new one at the clock's time.</summary>
    public static TaskId New(TimeProvider time) => new(Guid.CreateVersion7(time.GetUtcNow()));

    public static TaskId Parse(string text, IFormatProvider? provider = null) =>
        TryParse(text, provider, out var parsed) ? parsed : throw new FormatException("not a TaskId: expected a lower-case UUID with hyphens");

    public static bool TryParse([NotNullWhen(true)] string? text, IFormatProvider? provider, out TaskId result)
    {
        var valid = Guid.TryParseExact(text, "D", out var value);
        result = new TaskId(value);
        return valid;
    }

    public override string ToString() => Value.ToString("D");
}
