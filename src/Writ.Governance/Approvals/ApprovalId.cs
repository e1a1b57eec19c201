using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Writ.Governance.Organizations;

namespace Writ.Governance.Approvals;

/// <summary>Identifies one request for approval. A UUID, version 7 when Writ mints it.</summary>
[JsonConverter(typeof(ParsableConverter<ApprovalId>))]
public readonly record struct ApprovalId(Guid Value) : IParsable<ApprovalId>
{
    /// <summary>Mints a new one at the clock's time.</summary>
    public static ApprovalId New(TimeProvider time) => new(Guid.CreateVersion7(time.GetUtcNow()));

    public static ApprovalId Parse(string text, IFormatProvider? provider = null) =>
        TryParse(text, provider, out var parsed) ? parsed : throw new FormatException("not a ApprovalId: expected a lower-case UUID with hyphens");

    public static bool TryParse([NotNullWhen(true)] string? text, IFormatProvider? provider, out ApprovalId result)
    {
        var valid = Guid.TryParseExact(text, "D", out var value);
        result = new ApprovalId(value);
        return valid;
    }

    public override string ToString() => Value.ToString("D");
}
