using System.Runtime.InteropServices;
using System.Text.Json;
using Writ.Cedar.Values;
using Writ.Governance.Schemas.Rules;
using Writ.Governance.Schemas.Values;

namespace Writ.Governance.Schemas.Arguments;

/// <summary>Converts the arguments of one call; see <see cref="ArgumentValues"/> for the rules.</summary>
internal sealed class ArgumentReader
{
    private static readonly PoisonValue TooMany = new($"the arguments hold more than {ArgumentValues.MaxValues} values");
    private static readonly PoisonValue TooComplex = new("the schema is too complex to tell the type");
    private static readonly PoisonValue NotUnicode = new("the text is not Unicode");

    private readonly Evaluation _run = new(InputSchemaLimits.Default.MaxSteps + ArgumentValues.MaxValues);
    private int _values;

    public Value Read(JsonElement arguments, Subschema? schema) => Convert(arguments, schema?.Alone ?? [], 1);

    private Value Convert(JsonElement element, IReadOnlyList<Subschema> schemas, int depth)
    {
        if (++_values > ArgumentValues.MaxValues)
            return TooMany;
        switch (element.ValueKind)
        {
            case JsonValueKind.True or JsonValueKind.False:
                return BoolValue.Of(element.ValueKind == JsonValueKind.True);
            case JsonValueKind.String:
                return JsonText.Of(element) is { } text ? new StringValue(text) : NotUnicode;
            case JsonValueKind.Null:
                return new PoisonValue("null has no Cedar value");
            case JsonValueKind.Array or JsonValueKind.Object when depth > ArgumentValues.MaxDepth:
                return new PoisonValue($"the value is nested deeper than {ArgumentValues.MaxDepth} levels");
        }

        var guide = Guide(schemas);
        if (_run.Exhausted || guide.IsTooComplex)
            return TooComplex;
        return element.ValueKind switch
        {
            JsonValueKind.Number => Number(element, guide),
            JsonValueKind.Array => Set(element, guide, depth),
            _ => Record(element, guide, depth),
        };
    }

    private static Value Number(JsonElement element, ArgumentGuide guide)
    {
        if (!ExactNumber.TryParse(JsonMarshal.GetRawUtf8Value(element), out var number))
            return new PoisonValue($"the number has more than {ExactNumber.MaxDigits} digits or is out of all range");
        if (guide.IsInteger || (!guide.IsDecimal && number.IsInteger))
        {
            if (number.TryScale(0, out var integer))
                return new LongValue(integer);
            return new PoisonValue(number.IsInteger ? "the integer does not fit 64 bits" : "the number has a fraction where an integer belongs");
        }

        if (number.TryScale(4, out var tenThousandths))
            return new DecimalValue(tenThousandths);
        return new PoisonValue(number.FractionDigits > 4 ? "the number has more than four digits behind the point" : "the number is out of the range of decimal");
    }

    private Value Set(JsonElement array, ArgumentGuide guide, int depth)
    {
        var length = array.GetArrayLength();
        if (length > ArgumentValues.MaxElements)
            return new PoisonValue($"the array has more than {ArgumentValues.MaxElements} elements");
        var elements = new List<Value>(length);
        foreach (var item in array.EnumerateArray())
            elements.Add(Convert(item, guide.Item(elements.Count), depth + 1));
        return SetValue.Of(elements);
    }

    private Value Record(JsonElement members, ArgumentGuide guide, int depth)
    {
        var count = members.GetPropertyCount();
        if (count > ArgumentValues.MaxElements)
            return new PoisonValue($"the object has more than {ArgumentValues.MaxElements} members");
        var record = new RecordBuilder(count);
        var attributes = NamesNoneTwice(members) ? null : new Dictionary<string, Value>(StringComparer.Ordinal);
        foreach (var member in members.EnumerateObject())
        {
            if (JsonText.NameOf(member) is not { } name)
                return NotUnicode;
            var value = Convert(member.Value, guide.Member(name, _run), depth + 1);
            if (attributes is null)
                record.Add(name, value);
            else if (!attributes.TryAdd(name, value))
                attributes[name] = new PoisonValue("the object names this member twice");
        }

        if (attributes is not null)
        {
            foreach (var (name, value) in attributes)
                record.Add(name, value);
        }

        return record.Build();
    }

    /// <summary>Whether the names are seen to differ by standing in order, as those of canonical arguments do. False says nothing.</summary>
    private static bool NamesNoneTwice(JsonElement members)
    {
        ReadOnlySpan<byte> last = default;
        var isFirst = true;
        foreach (var member in members.EnumerateObject())
        {
            // An escape can spell a name that stands before it in another way.
            var name = JsonMarshal.GetRawUtf8PropertyName(member);
            if (name.Contains((byte)'\\') || (!isFirst && last.SequenceCompareTo(name) >= 0))
                return false;
            last = name;
            isFirst = false;
        }

        return true;
    }

    private ArgumentGuide Guide(IReadOnlyList<Subschema> schemas) => schemas switch
    {
        [] => ArgumentGuide.OfNothing,
        [var only] => only.Guide,
        _ => new ArgumentGuide(schemas, _run),
    };
}
