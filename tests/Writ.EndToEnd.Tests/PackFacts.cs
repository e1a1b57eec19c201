using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Writ.Governance.NamedFacts;
using Writ.Governance.Policies.Testing;

namespace Writ.EndToEnd.Tests;

/// <summary>What the tools that facts are looked up with have to answer, so that a case meets what it states; times as long ago as it says.</summary>
internal static class PackFacts
{
    /// <summary>Writes the answers for the server of a pack. Returns the names of the tools that Writ asks.</summary>
    public static IReadOnlySet<string> Answer(TrialCall call, FactDeclarations facts, string file, DateTimeOffset now)
    {
        var answers = new JsonObject();
        var sources = facts.Sources.Where(source => source.Declaration.Kind == "tool").ToArray();
        foreach (var source in sources)
        {
            if (call.LookedUp.ValueKind == JsonValueKind.Object && call.LookedUp.TryGetProperty(source.Name, out var stated))
                answers[ToolOf(source)] = AnswerOf(source, stated, now - call.Time);
        }

        File.WriteAllText(file, answers.ToJsonString());
        return sources.Select(ToolOf).ToHashSet();
    }

    private static JsonObject AnswerOf(FactSource source, JsonElement stated, TimeSpan shift)
    {
        var answer = new JsonObject();
        foreach (var (name, type) in source.Declaration.Members)
        {
            if (!stated.TryGetProperty(name, out var value))
                continue;
            var at = type.Split(" at ") is [_, var place] ? place : name;
            answer[at] = type.StartsWith("datetime", StringComparison.Ordinal)
                ? DateTimeOffset.Parse(value.GetString()!, CultureInfo.InvariantCulture).Add(shift).ToString("O")
                : JsonNode.Parse(value.GetRawText());
        }

        return answer;
    }

    private static string ToolOf(FactSource source) => source.Declaration.Tool!.Split('/')[1];
}
