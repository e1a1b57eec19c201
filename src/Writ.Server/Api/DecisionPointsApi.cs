using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Writ.Gateways.Points;
using Writ.Governance.Controls;
using Writ.Governance.Policies.Remote;
using Writ.Governance.Records;
using Writ.Governance.Registry;

namespace Writ.Server.Api;

/// <summary><c>/v1/decision-points</c>: the decision points outside Writ that have to agree. Registering one tightens, removing one loosens.</summary>
internal sealed class DecisionPointsApi(ControlService controls, RegistryHolder registry, PointGuards guards, PointSecrets secrets)
{
    public void Map(RouteGroupBuilder people)
    {
        people.MapGet("/decision-points", List);
        people.MapPost("/decision-points", RegisterAsync);
        people.MapPost("/decision-points/{name}/remove", RemoveAsync);
    }

    private async Task<IResult> RegisterAsync(HttpContext http, DecisionPoint body)
    {
        if (body.Problem is { } problem)
            return Problem.Of(ApiError.Malformed, problem).ToResult();
        var caller = http.Person();
        var outcome = await controls.TakeAsync(
            caller.Organization.Id, caller.Person.Id, caller.Presence,
            state => state!.UnknownAction(body) is { } unknown
                ? ControlPlan.Refuse($"actions: '{unknown}' is no action here: tool/call, effect/<class>, server/<slug> or tool/<server>/<tool>, of servers and tools that are registered.")
                : ControlPlan.Take(new DecisionPointRegistered(body)),
            http.RequestAborted);
        return outcome.Error() ?? Results.Json(new DecisionPointAnswer(DecisionPointView.Of(caller.Organization.Id, body, guards, secrets)), StrictJson.Options, statusCode: 201);
    }

    private async Task<IResult> RemoveAsync(HttpContext http, string name, ReasonBody body)
    {
        var caller = http.Person();
        if (body.Reason.Length is 0 or > 500)
            return Problem.Of(ApiError.Malformed, "reason: 1 to 500 characters").ToResult();
        if (!caller.Organization.DecisionPoints.ContainsKey(name))
            return Problem.Of(ApiError.NotFound, "There is no such decision point.").ToResult();
        var outcome = await controls.TakeAsync(
            caller.Organization.Id, caller.Person.Id, caller.Presence, _ => ControlPlan.Take(new DecisionPointRemoved(name, body.Reason)), http.RequestAborted);
        return outcome.Error() ?? Show(registry.Current.Organizations[caller.Organization.Id]);
    }

    private IResult List(HttpContext http) => Show(http.Person().Organization);

    private IResult Show(OrganizationState state) =>
        Results.Json(
            new DecisionPointList([.. state.DecisionPoints.Values.Select(p => DecisionPointView.Of(state.Id, p, guards, secrets))]), StrictJson.Options);
}
