using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ScriptedAgent;

/// <summary>One JSON line per step on standard output: what the agent wanted, why, and what it was told.</summary>
internal sealed class Journal(TextWriter output)
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly Dictionary<string, int> _outcomes = [];
    private int _step;

    public void Add(string why, string tool, JsonObject arguments, Answer answer)
    {
        _outcomes[answer.Outcome] = _outcomes.GetValueOrDefault(answer.Outcome) + 1;
        Write(new JsonObject
        {
            ["step"] = ++_step,
            ["why"] = why,
            ["tool"] = tool,
            ["arguments"] = arguments.DeepClone(),
            ["outcome"] = answer.Outcome,
            ["code"] = answer.Code,
            ["token"] = answer.Token,
            ["approval"] = answer.Approval,
            ["remedy"] = answer.Remedy?.DeepClone(),
            ["text"] = Short(answer.Text),
        });
    }

    public void Close() => Write(new JsonObject
    {
        ["steps"] = _step,
        ["outcomes"] = new JsonObject(_outcomes.Select(o => KeyValuePair.Create(o.Key, (JsonNode?)o.Value))),
    });

    private void Write(JsonObject line)
    {
        output.WriteLine(line.ToJsonString(Plain));
        output.Flush();
    }

    /// <summary>One line of at most 160 characters.</summary>
    private static string Short(string text)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= 160 ? line : line[..159] + "…";
    }
}
