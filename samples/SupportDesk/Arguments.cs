using System.Globalization;
using System.Text.Json;

namespace SupportDesk;

/// <summary>The arguments of one call; what is missing or of the wrong kind is said to the caller.</summary>
internal readonly struct Arguments(IDictionary<string, JsonElement>? values)
{
    public string Text(string name) => OptionalText(name) ?? throw new DeskException($"the argument '{name}' is missing");

    public string? OptionalText(string name) => Find(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        _ => throw new DeskException($"the argument '{name}' is not a string"),
    };

    public int Integer(string name) =>
        Find(name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var value)
            ? value
            : throw new DeskException($"the argument '{name}' is missing or not an integer");

    /// <summary>A JSON number, or a string that holds one.</summary>
    public decimal Amount(string name) => Find(name) switch
    {
        { ValueKind: JsonValueKind.Number } number when number.TryGetDecimal(out var value) => value,
        { ValueKind: JsonValueKind.String } text when decimal.TryParse(
            text.GetString(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) => value,
        _ => throw new DeskException($"the argument '{name}' is missing or not an amount"),
    };

    public IReadOnlyCollection<string> Texts(string name) => Find(name) switch
    {
        null => [],
        { ValueKind: JsonValueKind.Array } list when list.EnumerateArray().All(e => e.ValueKind == JsonValueKind.String) =>
            [.. list.EnumerateArray().Select(e => e.GetString()!)],
        _ => throw new DeskException($"the argument '{name}' is not a list of strings"),
    };

    private JsonElement? Find(string name) => values is not null && values.TryGetValue(name, out var value) ? value : null;
}
