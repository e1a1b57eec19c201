using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Writ.Cli.Terminal;

namespace Writ.Cli.Evidence;

/// <summary>
/// The page in a pack for people: what was decided, why, who answered and what came of it, in the order of the log. Says what the records
/// beside it say, without scripts; whoever doubts it reads those. Not thread safe.
/// </summary>
internal sealed class EvidenceReport(EvidenceQuestion question, DateTimeOffset madeAt)
{
    private const string Style =
        "body{font:15px/1.5 system-ui,sans-serif;max-width:72rem;margin:2.5rem auto;padding:0 1.5rem}table{border-collapse:collapse;width:100%}" +
        "th,td{text-align:left;vertical-align:top;padding:.4rem .8rem .4rem 0;border-bottom:1px solid #ccc}code{font-size:.85em;overflow-wrap:anywhere}.quiet{color:#666}";

    private readonly List<(ulong Index, JsonElement Record)> _decisions = [];
    private readonly Dictionary<string, JsonElement> _effects = [];
    private readonly Dictionary<string, List<JsonElement>> _answers = [];

    /// <summary>Takes a record of the decision log.</summary>
    public void Add(ulong index, JsonElement record)
    {
        if (record.Word("kind") == "decision")
            _decisions.Add((index, record));
        else if (record.Word("kind") == "effect" && record.Word("decision") is { } decided)
            _effects[decided] = record;
        else if (record.Word("kind") == "approval" && record.Word("approval") is { } approval)
            (_answers.TryGetValue(approval, out var answers) ? answers : _answers[approval] = []).Add(record);
    }

    /// <summary>The page.</summary>
    public string ToHtml()
    {
        var page = new StringBuilder("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"><title>Evidence</title><style>")
            .Append(Style).Append("</style></head><body>\n<h1>Evidence: ").Append(Html(question.Words)).Append("</h1>\n<p class=\"quiet\">Made ")
            .Append(Html(Time(madeAt))).Append(". This page repeats what the records beside it say; each of them carries its proof. Verify the pack before you rely on it: docs/evidence.md of Writ says how.</p>\n")
            .Append("<table><thead><tr><th>When</th><th>Agent</th><th>Action</th><th>Outcome</th><th>Rules</th><th>Answered by</th><th>What happened</th><th>Record</th></tr></thead><tbody>\n");
        foreach (var (index, record) in _decisions)
            page.Append("<tr>").AppendJoin("", Cells(index, record).Select(cell => $"<td>{cell}</td>")).Append("</tr>\n");
        return page.Append("</tbody></table>\n</body></html>\n").ToString();
    }

    private IEnumerable<string> Cells(ulong index, JsonElement record)
    {
        yield return Html(record.Member("at").ValueKind == JsonValueKind.Number ? Time(DateTimeOffset.UnixEpoch.AddMicroseconds(record.Member("at").GetInt64())) : "");
        yield return $"<code>{Html(record.Word("agent"))}</code> version {Html(record.Word("agent_version"))}";
        yield return $"<code>{Html(record.Word("action"))}</code>";
        yield return Html(record.Word("outcome")) + (record.Word("code") is { } code ? $" <span class=\"quiet\">{Html(code)}</span>" : "");
        yield return string.Join("<br>", record.Member("rules") is { ValueKind: JsonValueKind.Array } rules ? rules.EnumerateArray().Select(rule => Html(rule.GetString())) : []);
        yield return string.Join("<br>", Answers(record).Select(answer => $"{Html(answer.Word("person"))}: {Html(answer.Word("answer"))}"));
        yield return record.Word("id") is { } id && _effects.TryGetValue(id, out var effect) ? Html(effect.Word("status")) : "";
        yield return $"<code>{Html(EvidencePack.NameOf("decisions", index))}</code>";
    }

    private List<JsonElement> Answers(JsonElement record) =>
        record.Member("approval").Word("id") is { } approval && _answers.TryGetValue(approval, out var answers) ? answers : [];

    private static string Html(string? text) => WebUtility.HtmlEncode(InertText.Of(text ?? ""));

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
