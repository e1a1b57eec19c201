using System.Text.Json.Nodes;
using Writ.Cli.Ledgers;
using Writ.Cli.Terminal;

namespace Writ.Cli.Reports;

/// <summary>The answer of a section as rows of harmless text.</summary>
internal static class ReportCells
{
    public static string[] Headings(ReportSection section) => [.. section.Answer!["columns"]!.AsArray().Select(c => c!.GetValue<string>())];

    public static IEnumerable<string[]> Rows(ReportSection section)
    {
        var agents = section.Answer!["agents"]!.AsObject().ToDictionary(a => a.Key, a => a.Value!.GetValue<string>(), StringComparer.Ordinal);
        var headings = Headings(section);
        foreach (var row in section.Answer["rows"]!.AsArray().OfType<JsonObject>())
            yield return [.. headings.Select(h => InertText.Of(AnswerCell.Of(h, row[h], agents), 300))];
    }
}
