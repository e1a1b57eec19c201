using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Writ.Governance.Organizations;

namespace Writ.Governance.Agents;

/// <summary>Identifies an agent for life; ownership, name and version may change, this does not. A UUID, version 7 when Writ mints it.</summary>
[JsonConverter(typeof(ParsableConverter<AgentId>))]
public readonly record struct AgentId(Guid Value) : IParsable<AgentId>
{
    /// <summary>Mints a new one at the clock's time.</summary>
    public static AgentId New(TimeProvider time) => new(Guid.CreateVersion7(time.GetUtcNow()));

    public static AgentId Parse(string text, IFormatProvider? provider = null) =>
        TryParse(text, provider, out var parsed) ? parsed : throw new FormatException("not a AgentId: expected a lower-case UUID with hyphens");

    public static bool TryParse([NotNullWhen(true)] string? text, IFormatProvider? provider, out AgentId result)
    {
        var valid = Guid.TryParseExact(text, "D", out var value);
        result = new AgentId(value);
        return valid;
    }

    public override string ToString() => Value.ToString("D");
}
