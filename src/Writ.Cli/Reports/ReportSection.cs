using System.Text.Json.Nodes;

namespace Writ.Cli.Reports;

/// <summary>One question of a report and the ledger's answer.</summary>
/// <param name="Question">For people.</param>
/// <param name="Query">The same in the language of docs/querying.md, so that anybody can ask again.</param>
internal sealed record ReportSection(string Question, string Query)
{
    /// <summary>What the answer does not say.</summary>
    public string? Note { get; init; }

    /// <summary>The answer's document, once it was asked.</summary>
    public JsonObject? Answer { get; init; }
}
