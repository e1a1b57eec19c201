using System.Text.Json;
using Writ.Gateways.Mcp.Wire;
using Writ.Governance.Policies.Remote;

namespace Writ.Gateways.Points;

/// <summary>Reads what a decision point answered. Only the boolean <c>true</c> in the one place for it is a yes.</summary>
internal static class AnswerReading
{
    public static PointReply Read(DecisionPointKind kind, ReadOnlySpan<byte> body)
    {
        if (!StrictJson.TryParse(body, out var answer, out var problem))
            return Malformed(problem);
        if (answer.ValueKind != JsonValueKind.Object)
            return Malformed("the answer is not an object");
        return kind == DecisionPointKind.Opa ? OfOpa(answer) : OfAuthZen(answer);
    }

    private static PointReply OfAuthZen(JsonElement answer)
    {
        var reply = answer.TryGetProperty("decision"u8, out var decision) ? OfBoolean(decision, "decision") : Malformed("there is no 'decision'");
        return reply is PointReply.Allowed && answer.TryGetProperty("context"u8, out var context) && context.ValueKind == JsonValueKind.Object
            && (IsSomething(context, "obligations"u8) || IsSomething(context, "constraints"u8))
            ? new PointReply.NoAnswer(PointFailure.Conditional, "it allows under obligations, which nobody here would meet")
            : reply;
    }

    /// <summary>An undefined document has no <c>result</c>: a rule that does not hold and has no default, which is a no.</summary>
    private static PointReply OfOpa(JsonElement answer) =>
        !answer.TryGetProperty("result"u8, out var result) ? new PointReply.Refused("the document is undefined")
        : result.ValueKind != JsonValueKind.Object ? OfBoolean(result, "result")
        : result.TryGetProperty("allow"u8, out var allow) ? OfBoolean(allow, "result.allow")
        : Malformed("'result' is an object without 'allow'");

    private static PointReply OfBoolean(JsonElement value, string name) => value.ValueKind switch
    {
        JsonValueKind.True => PointReply.Allowed.Instance,
        JsonValueKind.False => new PointReply.Refused($"'{name}' is false"),
        _ => Malformed($"'{name}' is neither true nor false"),
    };

    private static bool IsSomething(JsonElement context, ReadOnlySpan<byte> name) =>
        context.TryGetProperty(name, out var value) && value.ValueKind switch
        {
            JsonValueKind.Array => value.GetArrayLength() > 0,
            JsonValueKind.Null => false,
            _ => true,
        };

    private static PointReply.NoAnswer Malformed(string detail) => new(PointFailure.Malformed, detail);
}
