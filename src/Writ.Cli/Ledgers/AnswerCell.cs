using System.Globalization;
using System.Text.Json.Nodes;
using Writ.Governance.Querying.Answers;

namespace Writ.Cli.Ledgers;

/// <summary>A value of an answer as people read it: agents by name, spans with a unit. Not yet inert.</summary>
internal static class AnswerCell
{
    private static readonly string[] Spans = ["took", "decided_in", "waited"];

    public static string Of(string column, JsonNode? value, IReadOnlyDictionary<string, string> agents)
    {
        var text = AnswerText.Plain(value);
        return column == "agent" && agents.TryGetValue(text, out var name) ? name
            : value is JsonValue number && IsSpan(column) && number.TryGetValue<decimal>(out var microseconds) ? Span(microseconds)
            : text;
    }

    /// <summary>Whether the column is a span, or a number made of spans, such as <c>p95(took)</c>.</summary>
    private static bool IsSpan(string column) => Array.Exists(Spans, s => column == s || column.EndsWith($"({s})", StringComparison.Ordinal));

    private static string Span(decimal microseconds) => microseconds switch
    {
        < 1_000 => string.Create(CultureInfo.InvariantCulture, $"{microseconds} µs"),
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{microseconds / 1_000:0.#} ms"),
        < 120_000_000 => string.Create(CultureInfo.InvariantCulture, $"{microseconds / 1_000_000:0.##} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{microseconds / 60_000_000:0.#} min"),
    };
}
