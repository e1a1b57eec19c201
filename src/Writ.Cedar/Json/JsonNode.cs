using System.Globalization;
using System.Text.Json;

namespace Writ.Cedar.Json;

/// <summary>A value of a document and where it is.</summary>
internal readonly record struct JsonNode(JsonElement Element, JsonPath Path)
{
    public JsonValueKind Kind => Element.ValueKind;

    public JsonNode Member(string name, JsonElement element) => new(element, new JsonPath(Path, name));

    public IEnumerable<JsonNode> Items()
    {
        var index = 0;
        foreach (var element in Element.EnumerateArray())
            yield return new JsonNode(element, new JsonPath(Path, index++.ToString(CultureInfo.InvariantCulture)));
    }
}
