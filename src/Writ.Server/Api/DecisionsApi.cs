using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Writ.Governance.Credentials;
using Writ.Governance.Decisions;
using Writ.Governance.Querying;
using Writ.Governance.Querying.Answers;
using Writ.Governance.Querying.Language;
using Writ.Governance.Records;
using Writ.Governance.Registry;
using Writ.Governance.Retention;
using Writ.Server.Installation;

namespace Writ.Server.Api;

/// <summary><c>/v1/decisions</c>: what was decided, for people; and what then happened, from enforcement points.</summary>
internal sealed class DecisionsApi(DecisionArchive archive, IRecordPruning pruning, RecordIndexes indexes, ResourceNames resources, DispatchTable dispatches, Settlement settlement, TimeProvider time)
{
    private const int MaxListed = 500;

    public void Map(RouteGroupBuilder people, RouteGroupBuilder enforcementPoints)
    {
        people.MapGet("/decisions", ListAsync);
        people.MapGet("/decisions/{id}", async (HttpContext http, string id) =>
            await Show(http, DecisionId.TryParse(id, null, out var parsed) ? parsed : null));
        people.MapGet("/decisions/{id}/payload", ReadPayloadAsync);
        people.MapGet("/escalations/{token}", async (HttpContext http, string token) =>
            await Show(http, archive.ByEscalation(http.Person().Organization.Id, token)));
        enforcementPoints.MapPost("/decisions/{id}/effect", SettleAsync).WithMetadata(BodyLimit.Documents);
    }

    private async Task<IResult> ListAsync(HttpContext http, int? limit)
    {
        if (limit is < 1 or > MaxListed)
            return Problem.Of(ApiError.Malformed, $"limit: 1 to {MaxListed}").ToResult();
        var organization = http.Person().Organization;
        var found = ImmutableArray.CreateBuilder<JsonObject>();
        foreach (var id in Newest(organization, http.Reads(time), limit ?? 50))
        {
            if (await archive.FindAsync(organization.Id, id, http.RequestAborted) is { } record)
                found.Add(record);
        }

        return Results.Json(new DecisionList(found.ToImmutable()), StrictJson.Options);
    }

    /// <summary>The newest decisions that the caller reads; none while the index is behind.</summary>
    private IEnumerable<DecisionId> Newest(OrganizationState organization, ReaderScope scope, int limit) =>
        RecordQuery.Parse("show id", new RegistryNames(organization, resources), limit) is QueryReading.Read { Query: var query }
        && indexes.Of(organization.Id)?.Ask(scope.Within(query)) is QueryResult.Answered { Answer: var answer }
            ? answer.Rows.Select(row => new DecisionId((Guid)row.Values[0]!))
            : [];

    /// <summary>A decision that the caller does not read looks like one that there is not.</summary>
    private async Task<IResult> Show(HttpContext http, DecisionId? id) =>
        id is { } known && await archive.FindAsync(http.Person().Organization.Id, known, http.RequestAborted) is { } record && http.Reads(time).Has(record)
            ? Results.Json(record, StrictJson.Options)
            : NoDecision(http, id);

    /// <summary>A record that was pruned is not one that never was; who reads not everything is not told which.</summary>
    private IResult NoDecision(HttpContext http, DecisionId? id) =>
        id is { } known && http.Reads(time).IsEverything && archive.IndexOf(http.Person().Organization.Id, known) < pruning.FirstRecord(http.Person().Organization.Id)
            ? Problem.Of(ApiError.RecordsPruned, "The record of this decision was removed after its retention; its hash and its proof are in the ledger.").ToResult()
            : Problem.Of(ApiError.NotFound, "There is no such decision, or it is too old to be found here; the ledger has it.").ToResult();

    /// <summary>What an agent wrote is for those who answer for security and the law.</summary>
    private async Task<IResult> ReadPayloadAsync(HttpContext http, string id)
    {
        var caller = http.Person();
        if (!http.Reads(time).IsEverything)
            return Problem.Of(ApiError.NotAllowed, "Reading what agents wrote needs the capability security or compliance.").ToResult();
        if (!DecisionId.TryParse(id, null, out var parsed)
            || await archive.FindAsync(caller.Organization.Id, parsed, http.RequestAborted) is not { } record)
            return NoDecision(http, DecisionId.TryParse(id, null, out var named) ? named : null);
        var commitment = record["commitment"]!.GetValue<string>();
        return Results.Json(PayloadAnswer.Of(await archive.ReadPayloadAsync(caller.Organization.Id, parsed, http.RequestAborted), commitment), StrictJson.Options);
    }

    private async Task<IResult> SettleAsync(HttpContext http, string id, EffectBody body)
    {
        var caller = (Caller.EnforcementPointCaller)http.CurrentCaller();
        if (!EffectStatuses.TryParse(body.Status, out var status) || status == EffectStatus.Unknown)
            return Problem.Of(ApiError.Malformed, "status: executed, failed, timed_out, cancelled or not_dispatched").ToResult();
        if (body.Error is { } error && (error.Length is 0 or > 64 || !error.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-')))
            return Problem.Of(ApiError.Malformed, "error: 1 to 64 letters, digits, underscores and hyphens").ToResult();
        if (!DecisionId.TryParse(id, null, out var decision)
            || dispatches.Find(decision) is not { } dispatch
            || dispatch.Organization != caller.Organization.Id
            || dispatch.Enforcer != caller.KeyId)
            return Problem.Of(ApiError.NotFound, "No effect is owed here for that decision: it is unknown, not this enforcement point's, or settled already.").ToResult();

        var result = body.Result is { } value ? Encoding.UTF8.GetBytes(value.GetRawText()) : [];
        return await settlement.SettleAsync(dispatch, new EffectReport(status, result, body.Error))
            ? Results.NoContent()
            : Problem.Of(ApiError.NotRecorded, "The effect was not recorded; report it again.").ToResult();
    }
}
