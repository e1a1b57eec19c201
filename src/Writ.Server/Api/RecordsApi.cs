using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Writ.Governance.Querying;
using Writ.Governance.Querying.Answers;
using Writ.Governance.Querying.Language;
using Writ.Governance.Records;
using Writ.Ledger;
using Writ.Server.Installation;

namespace Writ.Server.Api;

/// <summary><c>/v1/records</c>: what the caller may read of the organization's decision log, asked in the language of docs/querying.md.</summary>
internal sealed class RecordsApi(RecordIndexes indexes, MerkleLedger decisions, ResourceNames resources, TimeProvider time)
{
    public void Map(RouteGroupBuilder people) => people.MapGet("/records", (HttpContext http, string? q, string? cursor, string? format, bool? proofs) => Ask(http, q ?? "", cursor, format ?? "json", proofs ?? false));

    private IResult Ask(HttpContext http, string text, string? cursor, string format, bool proofs)
    {
        var organization = http.Person().Organization;
        if (format is not ("json" or "csv" or "jsonl"))
            return Problem.Of(ApiError.Malformed, "format: json, csv or jsonl").ToResult();
        if (proofs && format != "json")
            return Problem.Of(ApiError.Malformed, "proofs: only with format=json").ToResult();
        var names = new RegistryNames(organization, resources, http.Person().Person, time.GetUtcNow());
        var reading = RecordQuery.Parse(text, names);
        if (reading is QueryReading.Wrong wrong)
            return Problem.Of(ApiError.QueryWrong, wrong.Problem.ToString()).ToResult();
        var query = http.Reads(time).Within(((QueryReading.Read)reading).Query);
        if (proofs && (query.IsGrouped || query.Limit > RowProofs.MaxRows))
            return Problem.Of(ApiError.Malformed, $"proofs: only of single records, with a limit of at most {RowProofs.MaxRows}").ToResult();
        var index = indexes.Of(organization.Id);
        var result = index?.Ask(query, cursor) ?? new QueryResult.Answered(RecordIndex.Nothing(query));
        return result switch
        {
            QueryResult.Answered { Answer: var answer } => Answer(http, AnswerDocument.Of(answer, names.Agents), format, proofs ? index?.Log : null),
            QueryResult.Refused refused => Refuse(http, refused),
            _ => throw new InvalidOperationException(),
        };
    }

    private IResult Answer(HttpContext http, JsonObject document, string format, LogicalLog? proved)
    {
        if (proved is not null && RowProofs.AddTo(document, decisions, proved) is { } fault)
            return Problem.Of(ApiError.LogUnreadable, fault.ToString()).ToResult();
        if (format == "json")
            return Results.Json(document, StrictJson.Options);
        if (document["next"] is { } next)
            http.Response.Headers["Writ-Next"] = next.GetValue<string>();
        IEnumerable<string> lines = format == "csv" ? [AnswerText.CsvHead(document), .. AnswerText.CsvRows(document)] : AnswerText.JsonLines(document);
        return Results.Text(string.Concat(lines.Select(line => line + (format == "csv" ? "\r\n" : "\n"))), format == "csv" ? "text/csv; charset=utf-8" : "application/jsonl");
    }

    /// <summary>Why there is no answer, as the API says it.</summary>
    internal static IResult Refuse(HttpContext http, QueryResult.Refused refused)
    {
        var error = refused.Cause switch
        {
            QueryRefusal.TooMuch => ApiError.AnswerTooLarge,
            QueryRefusal.CursorUnknown => ApiError.CursorUnknown,
            QueryRefusal.Behind or QueryRefusal.Damaged => ApiError.IndexBehind,
            _ => ApiError.LogUnreadable,
        };
        if (error == ApiError.IndexBehind)
            http.Response.Headers.RetryAfter = "1";
        return Problem.Of(error, refused.Detail).ToResult();
    }
}
