using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Writ.Governance.Agents;
using Writ.Governance.Controls;
using Writ.Governance.Records;
using Writ.Governance.Registry;
using Writ.Governance.Reviews;

namespace Writ.Server.Api;

/// <summary><c>/v1/reviews</c> and <c>/v1/agents/{id}/reviews</c>: what people look at again from time to time, and their word that they did.</summary>
internal sealed class ReviewsApi(ControlService controls, RegistryHolder registry, TimeProvider time)
{
    public void Map(RouteGroupBuilder people)
    {
        people.MapGet("/reviews", (HttpContext http, bool overdue = false) => Results.Json(List(http, null, overdue), StrictJson.Options));
        people.MapPut("/reviews/grace", GraceAsync);
        people.MapPost("/agents/{id}/reviews", AttestAsync);
    }

    private async Task<IResult> AttestAsync(HttpContext http, string id, ReviewBody body)
    {
        if (http.FindAgent(id, time) is not { } agent)
            return AgentLookup.NoSuchAgent();
        var caller = http.Person();
        if (caller.Presence.Scope is not null)
            return Problem.Of(ApiError.BeyondScope, "A limited token attests nothing.").ToResult();
        if (body.Note.Length is 0 or > 500)
            return Problem.Of(ApiError.Malformed, "note: 1 to 500 characters").ToResult();
        if (body.Reviews.IsDefaultOrEmpty || body.Reviews.Distinct().Count() < body.Reviews.Length)
            return Problem.Of(ApiError.Malformed, "reviews: some of permissions, instructions and tools, each once").ToResult();
        var outcome = await controls.TakeAsync(
            caller.Organization.Id, caller.Person.Id, caller.Presence,
            state =>
            {
                var now = state!.Agents[agent.Id];
                AgentReviewed[] reviewed = [.. body.Reviews.Select(kind => new AgentReviewed(agent.Id, kind, body.Note, ReviewSubject.DigestOf(state, now, kind)))];
                return now.Lifecycle == AgentLifecycle.Retired ? ControlPlan.Refuse("The agent is retired, for good.", reviewed[0])
                    : reviewed.FirstOrDefault(one => body.Seen?.GetValueOrDefault(Word(one.Review)) is { } seen && seen != one.Digest) is { } other
                        ? ControlPlan.Refuse($"{Word(other.Review)}: it is not what you saw any more; look again.", other)
                    : ControlPlan.Take(reviewed);
            },
            http.RequestAborted);
        return outcome.Error() ?? Results.Json(List(http, agent.Id, false), StrictJson.Options, statusCode: 201);
    }

    private async Task<IResult> GraceAsync(HttpContext http, GraceBody body)
    {
        if (body.Reason.Length is 0 or > 500)
            return Problem.Of(ApiError.Malformed, "reason: 1 to 500 characters").ToResult();
        if (body.Days is < 1 or > ReviewSchedule.MaxGraceDays)
            return Problem.Of(ApiError.Malformed, $"days: 1 to {ReviewSchedule.MaxGraceDays}").ToResult();
        var caller = http.Person();
        var outcome = await controls.TakeAsync(
            caller.Organization.Id, caller.Person.Id, caller.Presence, _ => ControlPlan.Take(new ReviewGraceChanged(body.Days, body.Reason)), http.RequestAborted);
        return outcome.Error() ?? Results.Json(List(http, null, true), StrictJson.Options);
    }

    private ReviewList List(HttpContext http, AgentId? of, bool overdue)
    {
        var (caller, now) = (http.Person(), time.GetUtcNow());
        var state = registry.Current.Organizations[caller.Organization.Id];
        var reviews =
            from agent in state.Agents.Values
            where agent.Lifecycle != AgentLifecycle.Retired && (of is null || agent.Id == of) && state.MayFind(caller.Person, agent, now)
            from kind in ReviewSchedule.Kinds
            let view = ReviewView.Of(state, agent, kind, now)
            where view is not null && (!overdue || view.Overdue)
            orderby view.DueAt, view.Name, view.Review
            select view;
        return new ReviewList([.. reviews], state.ReviewGraceDays);
    }

    private static string Word(ReviewKind kind) => kind.ToString().ToLowerInvariant();
}
