using System.Globalization;
using System.Text.Json;
using Writ.Cedar.Values;
using Writ.Crypto.Json;
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

    private static readonly string[] Rfc3339 = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz"];

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

    /// <summary>Writes a value so that a member of its type reads it again.</summary>
    public static void WriteTo(JcsWriter writer, Value value)
    {
        switch (value)
        {
            case StringValue text:
                writer.String(text.Value);
                break;
            case BoolValue truth:
                writer.Boolean(truth.Value);
                break;
            // As text: not every Long is a number that JSON keeps exactly.
            case LongValue number:
                writer.String(number.Value.ToString(CultureInfo.InvariantCulture));
                break;
            case DecimalValue amount:
                writer.String((amount.TenThousandths / 10_000m).ToString("0.0###", CultureInfo.InvariantCulture));
                break;
            case DatetimeValue moment:
                writer.String(DateTimeOffset.FromUnixTimeMilliseconds(moment.Milliseconds).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
                break;
            case SetValue set:
                writer.BeginArray();
                foreach (var text in set.Elements.Select(element => ((StringValue)element).Value).Order(StringComparer.Ordinal))
                    writer.String(text);
                writer.EndArray();
                break;
            default:
                throw new InvalidOperationException($"no member of a fact is a {value.TypeName}");
        }
    }

    public Value? Read(JsonElement answer) => FactPath.Find(answer, At) is [var value] ? Convert(value) : null;

    private Value? Convert(JsonElement value) => (Type, value.ValueKind) switch
    {
        ("String", JsonValueKind.String) => Text(value),
        ("Bool", JsonValueKind.True or JsonValueKind.False) => BoolValue.Of(value.GetBoolean()),
        ("Long", JsonValueKind.Number) => Scale(value, 0) is { } integer ? new LongValue(integer) : null,
        ("Long", JsonValueKind.String) => JsonText.Of(value) is { Length: <= 20 } digits && long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? new LongValue(whole) : null,
        ("decimal", JsonValueKind.Number) => Scale(value, 4) is { } amount ? new DecimalValue(amount) : null,
        ("decimal", JsonValueKind.String) => DecimalOf(value),
        ("datetime", JsonValueKind.String) => JsonText.Of(value) is { Length: <= 64 } text ? Moment(text) : null,
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

    /// <summary>As Cedar writes it, or as RFC 3339 does, with as many digits of a second as there are; what is below a millisecond is cut.</summary>
    private static DatetimeValue? Moment(string text)
    {
        if (DatetimeValue.TryParse(text, out var moment))
            return moment;
        return DateTimeOffset.TryParseExact(text, Rfc3339, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant) ? DatetimeValue.Of(instant) : null;
    }

    private static SetValue? Set(JsonElement value)
    {
        var texts = value.EnumerateArray().Select(e => e.ValueKind == JsonValueKind.String ? Text(e) : null).ToArray();
        return texts.Contains(null) ? null : SetValue.Of(texts.Select(t => (Value)t!));
    }
}
