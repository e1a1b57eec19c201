using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Writ.Governance.Querying.Answers;

/// <summary>An answer as JSON: what the API gives, and what tables, CSV and JSON lines are made of.</summary>
public static class AnswerDocument
{
    /// <summary>The document.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="names">What the agents are called whose ids stand in it; others are left out.</param>
    public static JsonObject Of(QueryAnswer answer, IEnumerable<(string Name, string Id)> names)
    {
        var agents = answer.Rows.SelectMany(r => r.Values).OfType<string>().ToHashSet(StringComparer.Ordinal);
        return new JsonObject
        {
            ["columns"] = new JsonArray([.. answer.Columns.Select(c => (JsonNode)c.Name)]),
            ["rows"] = new JsonArray([.. answer.Rows.Select(r => (JsonNode)Row(answer, r))]),
            ["matched"] = answer.Matched,
            ["records"] = answer.Records,
            ["first"] = answer.First,
            ["cut"] = answer.IsCut,
            ["next"] = answer.Next,
            ["agents"] = new JsonObject(names.Where(n => agents.Contains(n.Id)).DistinctBy(n => n.Id).Select(n => KeyValuePair.Create(n.Id, (JsonNode?)n.Name))),
        };
    }

    private static JsonObject Row(QueryAnswer answer, AnswerRow row)
    {
        var members = new JsonObject();
        if (row.Index is { } index)
            members["index"] = index;
        for (var i = 0; i < row.Values.Length; i++)
            members[answer.Columns[i].Name] = Value(row.Values[i]);
        return members;
    }

    private static JsonNode? Value(object? value) => value switch
    {
        null => null,
        ImmutableArray<string> items => new JsonArray([.. items.Select(i => (JsonNode)i)]),
        DateTimeOffset at => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFZ", System.Globalization.CultureInfo.InvariantCulture),
        decimal number => JsonValue.Create(number / 1.000000000000000000000000000000m),
        long number => JsonValue.Create(number),
        _ => JsonValue.Create(value.ToString()),
    };
}
