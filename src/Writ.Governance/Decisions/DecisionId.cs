using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Writ.Crypto.Randomness;
using Writ.Governance.Organizations;

namespace Writ.Governance.Decisions;

/// <summary>Identifies one decision; its effect, approval and evidence refer to it. A UUID, version 7 when Writ mints it.</summary>
[JsonConverter(typeof(ParsableConverter<DecisionId>))]
public readonly record struct DecisionId(Guid Value) : IParsable<DecisionId>
{
    /// <summary>Mints a new one at the clock's time.</summary>
    public static DecisionId New(TimeProvider time) => At(time.GetUtcNow());

    /// <summary>Mints a new one at a time that was read already.</summary>
    internal static DecisionId At(DateTimeOffset time) => new(Uuid7.New(time));

    public static DecisionId Parse(string text, IFormatProvider? provider = null) =>
        TryParse(text, provider, out var parsed) ? parsed : throw new FormatException("not a DecisionId: expected a lower-case UUID with hyphens");

    public static bool TryParse([NotNullWhen(true)] string? text, IFormatProvider? provider, out DecisionId result)
    {
        var valid = Guid.TryParseExact(text, "D", out var value);
        result = new DecisionId(value);
        return valid;
    }

    public override string ToString() => Value.ToString("D");
}
