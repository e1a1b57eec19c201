using System.Text.Json;
using System.Text.Json.Nodes;

namespace SupportDesk;

/// <summary>
/// One JSON line per call that reached the desk, written before it is executed: what an onlooker checks to know what really
/// got through. Without a path nothing is written.
/// </summary>
internal sealed class CallLog(string? path)
{
    public void Add(string tool, IDictionary<string, JsonElement>? arguments)
    {
        if (path is null)
            return;
        var values = new JsonObject(arguments?.Select(a => KeyValuePair.Create(a.Key, JsonNode.Parse(a.Value.GetRawText()))) ?? []);
        File.AppendAllText(path, new JsonObject { ["tool"] = tool, ["arguments"] = values }.ToJsonString() + "\n");
    }
}
