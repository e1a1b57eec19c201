using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Writ.Governance.Organizations;

namespace Writ.Governance.Agents;

/// <summary>Identifies one running instance of an agent. Writ mints it; an id that a caller chooses keys nothing. A UUID, version 7 when Writ mints it.</summary>
[JsonConverter(typeof(ParsableConverter<InstanceId>))]
public readonly record struct InstanceId(Guid Value) : IParsable<InstanceId>
{
    /// <summary>Mints a new one at the clock's time.</summary>
    public static InstanceId New(TimeProvider time) => new(Guid.CreateVersion7(time.GetUtcNow()));

    public static InstanceId Parse(string text, IFormatProvider? provider = null) =>
        TryParse(text, provider, out var parsed) ? parsed : throw new FormatException("not a InstanceId: expected a lower-case UUID with hyphens");

    public static bool TryParse([NotNullWhen(true)] string? text, IFormatProvider? provider, out InstanceId result)
    {
        var valid = Guid.TryParseExact(text, "D", out var value);
        result = new InstanceId(value);
        return valid;
    }

    public override string ToString() => Value.ToString("D");
}
