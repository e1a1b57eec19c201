using System.Globalization;
using System.Text.Json.Nodes;
using Writ.Cli.Terminal;
using Writ.Governance.Querying.Answers;

namespace Writ.Cli.Ledgers;

/// <summary>Writes the pages of an answer, one after the other, as a table, CSV, JSON lines, or one document. Not thread safe.</summary>
internal sealed class AnswerSheet(Session session, Screen screen, string format)
{
    private readonly List<JsonNode> _rows = [];
    private readonly Dictionary<string, string> _agents = new(StringComparer.Ordinal);
    private JsonObject? _first;
    private bool _cut;

    public void Add(JsonObject page)
    {
        var isFirst = _first is null;
        _first ??= page;
        _cut |= page["cut"]?.GetValue<bool>() ?? false;
        foreach (var (id, name) in page["agents"]?.AsObject() ?? [])
            _agents[id] = name!.GetValue<string>();
        if (!screen.Json && format == "csv")
        {
            if (isFirst)
                session.Output.Write(AnswerText.CsvHead(page) + "\r\n");
            foreach (var line in AnswerText.CsvRows(page))
                session.Output.Write(line + "\r\n");
        }
        else if (!screen.Json && format == "jsonl")
        {
            foreach (var line in AnswerText.JsonLines(page))
                session.Output.Write(line + "\n");
        }
        else
            _rows.AddRange(page["rows"]!.AsArray().Select(row => row!));
    }

    /// <summary>Writes what waits for the last page.</summary>
    /// <param name="next">The cursor of the page that was not asked for; null where there is none.</param>
    public void End(string? next)
    {
        if (_first is null)
            return;
        if (screen.Json)
        {
            var document = _first.DeepClone().AsObject();
            document["rows"] = new JsonArray([.. _rows.Select(r => r.DeepClone())]);
            document["next"] = next;
            document["agents"] = new JsonObject(_agents.Select(a => KeyValuePair.Create(a.Key, (JsonNode?)a.Value)));
            screen.Document(document);
            return;
        }

        if (format == "table")
            Table();
        screen.Note($"{_first["matched"]!.GetValue<long>().ToString("N0", CultureInfo.InvariantCulture)} matched, of {_first["records"]!.GetValue<long>().ToString("N0", CultureInfo.InvariantCulture)} records in the log");
        if (_cut)
            screen.Note("there are more groups: raise the limit, or narrow the filter");
        if (next is not null)
            screen.Note($"there is more: --cursor {next}, or --all");
    }

    private void Table()
    {
        var columns = _first!["columns"]!.AsArray().Select(c => c!.GetValue<string>()).ToArray();
        if (_rows.Count == 0)
            screen.Line("nothing matched");
        else
            screen.Table([.. columns.Select(c => c.ToUpperInvariant())], _rows.Select(row => columns.Select(c => InertText.Of(AnswerCell.Of(c, row[c], _agents), 120)).ToArray()));
    }
}
