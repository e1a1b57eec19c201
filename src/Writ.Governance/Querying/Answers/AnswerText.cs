using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Writ.Governance.Querying.Answers;

/// <summary>The rows of an answer's document as text for other programs. Deterministic.</summary>
public static class AnswerText
{
    private static readonly JsonSerializerOptions OneLine = new() { WriteIndented = false };

    /// <summary>The headings of <see cref="CsvRows"/>, without the end of the line.</summary>
    public static string CsvHead(JsonObject document) => string.Join(',', Columns(document).Select(Cell));

    /// <summary>
    /// Comma-separated values (RFC 4180), a line each row, without the end of the line. A text that a spreadsheet would take for a formula
    /// gets an apostrophe before it; several texts are joined with blanks.
    /// </summary>
    public static IEnumerable<string> CsvRows(JsonObject document)
    {
        var columns = Columns(document);
        return document["rows"]!.AsArray().Select(row => string.Join(',', columns.Select(c => row![c] is JsonValue value && value.GetValueKind() == JsonValueKind.Number ? value.ToJsonString() : Cell(Plain(row[c])))));
    }

    /// <summary>JSON lines: an object each row, without the end of the line.</summary>
    public static IEnumerable<string> JsonLines(JsonObject document) => document["rows"]!.AsArray().Select(row => row!.ToJsonString(OneLine));

    /// <summary>A value as one text: several texts with blanks between, nothing where there is none.</summary>
    public static string Plain(JsonNode? value) => value switch
    {
        null => "",
        JsonArray items => string.Join(' ', items.Select(Plain)),
        JsonValue text when text.GetValueKind() == JsonValueKind.String => text.GetValue<string>(),
        _ => value.ToJsonString(),
    };

    private static string[] Columns(JsonObject document) => [.. document["columns"]!.AsArray().Select(c => c!.GetValue<string>())];

    private static string Cell(string text)
    {
        if (text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r')
            text = "'" + text;
        return text.AsSpan().IndexOfAny("\",\r\n") < 0 ? text : new StringBuilder("\"").Append(text.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"').ToString();
    }
}
