using System.Runtime.InteropServices;
using System.Text.Json;

namespace Writ.Governance.Schemas.Values;

/// <summary>
/// Turns a <see cref="JsonElement"/> into a <see cref="Datum"/>, or says why not: nested too deep, too many values, a name
/// used twice in one object (two readers of such a text may see two different values), text that is not Unicode, a
/// number beyond the bounds of <see cref="ExactNumber"/>. One reader reads one value.
/// </summary>
internal sealed class DatumReader(int maxDepth, int maxValues)
{
    private readonly List<string> _path = [];
    private int _values;

    /// <summary>Why nothing could be read; null after a success.</summary>
    public DatumProblem? Problem { get; private set; }

    public Datum? Read(JsonElement element)
    {
        if (++_values > maxValues)
            return Fail($"more than {maxValues} values");
        switch (element.ValueKind)
        {
            case JsonValueKind.Null:
                return new NullDatum();
            case JsonValueKind.True or JsonValueKind.False:
                return new BooleanDatum(element.ValueKind == JsonValueKind.True);
            case JsonValueKind.Number:
                return ReadNumber(element);
            case JsonValueKind.String:
                return JsonText.Of(element) is { } text ? new StringDatum(text) : Fail("a string that is not Unicode text");
            case JsonValueKind.Array or JsonValueKind.Object when _path.Count >= maxDepth:
                return Fail($"nested deeper than {maxDepth} levels");
            case JsonValueKind.Array:
                return ReadArray(element);
            case JsonValueKind.Object:
                return ReadObject(element);
            default:
                return Fail("no JSON value");
        }
    }

    private Datum? ReadNumber(JsonElement element)
    {
        if (ExactNumber.TryParse(JsonMarshal.GetRawUtf8Value(element), out var number))
            return new NumberDatum(number);
        return Fail($"a number of more than {ExactNumber.MaxDigits} digits or beyond 10^{ExactNumber.MaxScale}");
    }

    private ArrayDatum? ReadArray(JsonElement element)
    {
        var length = element.GetArrayLength();
        if (length > maxValues - _values)
            return Fail($"more than {maxValues} values") as ArrayDatum;
        var items = new Datum[length];
        var i = 0;
        foreach (var child in element.EnumerateArray())
        {
            _path.Add(i.ToString(System.Globalization.CultureInfo.InvariantCulture));
            if (Read(child) is not { } item)
                return null;
            items[i++] = item;
            _path.RemoveAt(_path.Count - 1);
        }

        return new ArrayDatum(items);
    }

    private ObjectDatum? ReadObject(JsonElement element)
    {
        var expected = Math.Min(element.GetPropertyCount(), maxValues - _values);
        var members = new List<KeyValuePair<string, Datum>>(expected);
        var positions = new Dictionary<string, int>(expected, StringComparer.Ordinal);
        foreach (var property in element.EnumerateObject())
        {
            if (JsonText.NameOf(property) is not { } name)
                return Fail("a member name that is not Unicode text") as ObjectDatum;
            if (!positions.TryAdd(name, members.Count))
                return Fail($"the member {Printable.Quote(name)} appears twice") as ObjectDatum;
            _path.Add(name);
            if (Read(property.Value) is not { } value)
                return null;
            members.Add(new(name, value));
            _path.RemoveAt(_path.Count - 1);
        }

        return new ObjectDatum([.. members], positions);
    }

    private Datum? Fail(string message)
    {
        Problem = new(JsonPointer.Of(_path), message);
        return null;
    }
}
