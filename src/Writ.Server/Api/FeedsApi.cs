using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Writ.Governance.Controls;
using Writ.Governance.Querying.Language;
using Writ.Governance.Records;
using Writ.Governance.Registry;
using Writ.Server.Feeds;

namespace Writ.Server.Api;

/// <summary><c>/v1/feeds</c>: where the organization's records go out to, and how that goes.</summary>
internal sealed class FeedsApi(ControlService controls, RegistryHolder registry, FeedHost host, TimeProvider time)
{
    public void Map(RouteGroupBuilder people)
    {
        people.MapGet("/feeds", (HttpContext http) => Show(http.Person().Organization));
        people.MapPost("/feeds", RegisterAsync);
        people.MapPost("/feeds/{name}/remove", RemoveAsync);
    }

    private async Task<IResult> RegisterAsync(HttpContext http, FeedBody body)
    {
        var caller = http.Person();
        var feed = body.ToFeed(Guid.CreateVersion7(time.GetUtcNow()));
        if ((feed.Problem ?? FilterProblem(caller.Organization, feed.Where)) is { } problem)
            return Problem.Of(ApiError.Malformed, problem).ToResult();
        var (decisions, control) = body.FromStart ? (0, 0) : host.HeadsOf(caller.Organization.Id);
        var outcome = await controls.TakeAsync(
            caller.Organization.Id, caller.Person.Id, caller.Presence, _ => ControlPlan.Take(new FeedRegistered(feed, decisions, control)), http.RequestAborted);
        return outcome.Error() ?? Results.Json(new FeedAnswer(FeedView.Of(caller.Organization.Id, feed, host)), StrictJson.Options, statusCode: 201);
    }

    private async Task<IResult> RemoveAsync(HttpContext http, string name, ReasonBody body)
    {
        var caller = http.Person();
        if (body.Reason.Length is 0 or > 500)
            return Problem.Of(ApiError.Malformed, "reason: 1 to 500 characters").ToResult();
        if (!caller.Organization.Feeds.ContainsKey(name))
            return Problem.Of(ApiError.NotFound, "There is no such feed.").ToResult();
        var outcome = await controls.TakeAsync(
            caller.Organization.Id, caller.Person.Id, caller.Presence, _ => ControlPlan.Take(new FeedRemoved(name, body.Reason)), http.RequestAborted);
        return outcome.Error() ?? Show(registry.Current.Organizations[caller.Organization.Id]);
    }

    private string? FilterProblem(OrganizationState organization, string where) => RecordQuery.Parse(where, host.NamesOf(organization.Id)) switch
    {
        QueryReading.Wrong wrong => $"where: {wrong.Problem}",
        QueryReading.Read { Query.IsFilterAlone: false } => "where: a filter alone, without group by, show, order by and limit",
        _ => null,
    };

    private IResult Show(OrganizationState state) =>
        Results.Json(new FeedList([.. state.Feeds.Values.Select(f => FeedView.Of(state.Id, f.Feed, host))]), StrictJson.Options);
}
