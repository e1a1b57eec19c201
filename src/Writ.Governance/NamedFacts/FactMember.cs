using System.Text.Json;
using Writ.Cedar.Values;
using Writ.Governance.Schemas.Values;

namespace Writ.Governance.NamedFacts;

/// <summary>One typed member of what a source answers.</summary>
/// <param name="Name">What policies call it.</param>
/// <param name="Type">Its Cedar type.</param>
/// <param name="At">Where it stands in the answer: member names with dots between levels.</param>
internal sealed record FactMember(string Name, string Type, string At)
{
    /// <summary>The most elements of a set.</summary>
    private const int MaxElements = 1_000;

    public static readonly string[] Types = ["String", "Long", "Bool", "decimal", "datetime", "Set<String>"];

    /// <summary>Reads <c>datetime</c> or <c>datetime at order.created</c>; null where it is neither.</summary>
    public static FactMember? Parse(string name, string text)
    {
        var (type, at) = text.Split(" at ") switch
        {
            [var only] => (only, name),
            [var stated, var place] => (stated, place),
            _ => ("", ""),
        };
        return Types.Contains(type) && FactPath.IsValid(at) && !at.Contains('[', StringComparison.Ordinal) ? new FactMember(name, type, at) : null;
    }

    public Value? Read(JsonElement answer) => FactPath.Find(answer, At) is [var value] ? Convert(value) : null;

    private Value? Convert(JsonElement value) => (Type, value.ValueKind) switch
    {
        ("String", JsonValueKind.String) => Text(value),
        ("Bool", JsonValueKind.True or JsonValueKind.False) => BoolValue.Of(value.GetBoolean()),
        ("Long", JsonValueKind.Number) => Scale(value, 0) is { } integer ? new LongValue(integer) : null,
        ("decimal", JsonValueKind.Number) => Scale(value, 4) is { } amount ? new DecimalValue(amount) : null,
        ("decimal", JsonValueKind.String) => DecimalOf(value),
        ("datetime", JsonValueKind.String) => JsonText.Of(value) is { } text && DatetimeValue.TryParse(text, out var moment) ? moment : null,
        ("Set<String>", JsonValueKind.Array) when value.GetArrayLength() <= MaxElements => Set(value),
        _ => null,
    };

    private static StringValue? Text(JsonElement value) => JsonText.Of(value) is { Length: <= 4_096 } text ? new StringValue(text) : null;

    private static long? Scale(JsonElement value, int digits) =>
        value.GetRawText() is { Length: <= 64 } text && ExactNumber.TryParse(text, out var number) && number.TryScale(digits, out var scaled) ? scaled : null;

    private static DecimalValue? DecimalOf(JsonElement value)
    {
        if (JsonText.Of(value) is not { Length: <= 32 } text)
            return null;
        return DecimalValue.TryParse(text.Contains('.', StringComparison.Ordinal) ? text : text + ".0", out var amount) ? amount : null;
    }

    private static SetValue? Set(JsonElement value)
    {
        var texts = value.EnumerateArray().Select(e => e.ValueKind == JsonValueKind.String ? Text(e) : null).ToArray();
        return texts.Contains(null) ? null : SetValue.Of(texts.Select(t => (Value)t!));
    }
}
