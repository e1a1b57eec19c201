using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Writ.Crypto.Hashing;
using Writ.Governance.Approvals;
using Writ.Governance.Controls;
using Writ.Governance.Credentials;
using Writ.Governance.Decisions;
using Writ.Governance.People;
using Writ.Governance.Records;
using Writ.Governance.Registry;
using Writ.Governance.Tools;

namespace Writ.Server.Api;

/// <summary><c>/v1/approvals</c>: what waits for people, and their answers. Agents never reach it.</summary>
internal sealed class ApprovalsApi(ApprovalBoard board, ApprovalService approvals, DecisionArchive archive, TimeProvider time)
{
    public void Map(RouteGroupBuilder people)
    {
        people.MapGet("/approvals", (HttpContext http) =>
        {
            var state = http.Person().Organization;
            return Results.Json(new ApprovalList([.. board.Pending(state.Id).Where(r => MaySee(http, r)).Select(r => View(state, r))]), StrictJson.Options);
        });
        people.MapGet("/approvals/{id}", ShowAsync);
        people.MapPost("/approvals/{id}/approve", (HttpContext http, string id, AnswerBody? body) => AnswerAsync(http, id, body, approve: true)).WithMetadata(BodyLimit.Documents);
        people.MapPost("/approvals/{id}/reject", (HttpContext http, string id, AnswerBody? body) => AnswerAsync(http, id, body, approve: false)).WithMetadata(BodyLimit.Documents);
    }

    /// <summary>Whether a person may know of a request: who may know of its agent, and whom it asks.</summary>
    private bool MaySee(HttpContext http, ApprovalRequest request) => IsAsked(http.Person().Person, request) || http.FindAgent(request.Agent, time) is not null;

    private static bool IsAsked(Person person, ApprovalRequest request) => request.Asks.Any(ask => ask.Admits(person));

    private async Task<IResult> ShowAsync(HttpContext http, string id)
    {
        var state = http.Person().Organization;
        if (!ApprovalId.TryParse(id, null, out var parsed) || board.Find(state.Id, parsed) is not { } request || !MaySee(http, request))
            return Problem.Of(ApiError.NotFound, "There is no such request.").ToResult();
        // What the agent wrote is for whoever answers the request, and for those who read everything.
        var person = http.Person().Person;
        var payload = http.Reads(time).IsEverything || IsAsked(person, request)
            ? await archive.OpenPayloadAsync(state.Id, request.Decision, http.RequestAborted)
            : null;
        var (view, shown) = await SeenAsync(state, request, http.RequestAborted);
        return Results.Json(
            view with
            {
                Arguments = payload is { } opened && opened.TryGetProperty("arguments", out var arguments) ? arguments : null,
                Shown = shown?.ToHex(),
            },
            StrictJson.Options);
    }

    /// <summary>A request as a person sees it, and what that is called; null where its decision cannot be read any more.</summary>
    private async Task<(ApprovalView View, Hash256? Shown)> SeenAsync(OrganizationState state, ApprovalRequest request, CancellationToken cancellation)
    {
        var view = View(state, request);
        if (await archive.FindAsync(state.Id, request.Decision, cancellation) is not { } record)
            return (view, null);
        view = view with { Task = record["task"]?.GetValue<string>() };
        return (view, ShownApproval.Digest(view, record));
    }

    private async Task<IResult> AnswerAsync(HttpContext http, string id, AnswerBody? body, bool approve)
    {
        if (Evidence(body) is not { } evidence)
            return Problem.Of(ApiError.Malformed, $"evidence: 1 to {ApprovalService.MaxEvidenceBytes} bytes, in base64").ToResult();
        Hash256? shown = body?.Shown is not { } text ? null : Hash256.TryParseHex(text, out var named) ? named : default(Hash256);
        if (shown is { IsDefault: true })
            return Problem.Of(ApiError.Malformed, "shown: the digest that the request was shown with, 64 hexadecimal digits").ToResult();
        var caller = http.Person();
        var organization = caller.Organization;
        var known = ApprovalId.TryParse(id, null, out var parsed) ? board.Find(organization.Id, parsed) : null;
        if (shown is not null && known is not null && (await SeenAsync(organization, known, http.RequestAborted)).Shown != shown)
            return (Problem.Of(ApiError.ApprovalConflict, "What stands now is not what was shown: look at the request again.") with { Conflict = "changed" }).ToResult();
        if (caller.Presence.Scope is not null)
            return Problem.Of(ApiError.BeyondScope, "A limited token answers no request for approval.").ToResult();
        if (approve && known is not null && PresenceRule.IsUnmet(organization, caller.Person.Id, caller.Presence))
            return ControlAnswers.PresenceNeeded();
        var authority = new Authority(caller.Person.Id, caller.Presence.Kind, organization.IsSolo()) { Proof = caller.Presence.Proof };
        var conflict = known is not null
            ? await approvals.AnswerAsync(organization, parsed, caller.Person, authority, approve, evidence, shown, http.RequestAborted)
            : ApprovalConflict.NotFound;
        return conflict switch
        {
            null => Results.Json(new ApprovalAnswerView(parsed, Word(board.Find(organization.Id, parsed)!.State), evidence.IsEmpty ? null : Hash256.Of(evidence.Span).ToHex()), StrictJson.Options),
            ApprovalConflict.NotRecorded => Problem.Of(ApiError.NotRecorded, "Nothing changed: the ledger could not take the answer.").ToResult(),
            ApprovalConflict.NotFound => (Problem.Of(ApiError.NotFound, "There is no such request.") with { Conflict = "not_found" }).ToResult(),
            { } other => (Problem.Of(ApiError.ApprovalConflict, Explain(other)) with { Conflict = other.Word() }).ToResult(),
        };
    }

    /// <summary>The bytes, empty where none are given; null where they cannot be read.</summary>
    private static ReadOnlyMemory<byte>? Evidence(AnswerBody? body)
    {
        if (body?.Evidence is not { } text)
            return ReadOnlyMemory<byte>.Empty;
        var bytes = new byte[text.Length / 4 * 3 + 3];
        if (!Convert.TryFromBase64String(text, bytes, out var length) || length is 0 or > ApprovalService.MaxEvidenceBytes)
            return null;
        return bytes.AsMemory(0, length);
    }

    private static ApprovalView View(OrganizationState state, ApprovalRequest request)
    {
        var agent = state.Agents.GetValueOrDefault(request.Agent);
        var tool = state.ServersBySlug.Values.SelectMany(s => s.Tools.Values).FirstOrDefault(t => t.ActionName == request.ActionName);
        return new ApprovalView
        {
            Id = request.Id,
            Decision = request.Decision.ToString(),
            Agent = new ApprovalAgent(request.Agent.ToString(), agent?.Name ?? "?", agent?.Owner.ToString() ?? "?"),
            Action = request.ActionName,
            Effect = tool?.Classification?.Effect.Word(),
            Reversible = tool?.Classification?.Reversible,
            Asks = [.. request.Asks.Select(a => new ApprovalAskView(a.Policy, [.. a.Approvers.Select(r => r.ToString()!)], a.Quorum, a.Reason, a.NeedsEvidence) { Able = Able(state, request, a) })],
            RequestedAt = request.RequestedAt,
            ExpiresAt = request.ExpiresAt,
            State = Word(request.State),
            OnNoAnswer = request.Asks.Any(ask => Able(state, request, ask) < ask.Quorum)
                ? "Too few people who are here may approve this, so that it will stay refused: give the capability or the team to somebody, or change the policy; then the agent asks anew."
                : "The action stays refused; after the deadline the agent has to ask anew.",
            Solo = state.IsSolo(),
        };
    }

    /// <summary>How many people who are here have approved what an ask asks for, or could.</summary>
    private static int Able(OrganizationState state, ApprovalRequest request, ApprovalAsk ask) => state.People.Values.Count(person => person.Id != request.Requester && ask.Admits(person));

    private static string Word(ApprovalState state) => state.ToString().ToLowerInvariant();

    private static string Explain(ApprovalConflict conflict) => conflict switch
    {
        ApprovalConflict.Expired => "The request's time ran out. If the agent still wants the action, it asks anew.",
        ApprovalConflict.Consumed => "The approval was used already.",
        ApprovalConflict.AlreadyDecided => "The request was answered already.",
        ApprovalConflict.SelfApproval => "Whoever asked for an action does not approve it.",
        ApprovalConflict.NotAnApprover => "No rule that asked names you as an approver.",
        ApprovalConflict.EvidenceMissing => "A rule that asked needs evidence with your approval: attach what it rests on.",
        _ => conflict.Word(),
    };
}
