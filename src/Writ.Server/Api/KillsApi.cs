using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Writ.Governance.Agents;
using Writ.Governance.Controls;
using Writ.Governance.Kills;
using Writ.Governance.Policies.Publishing;
using Writ.Governance.Records;
using Writ.Governance.Registry;

namespace Writ.Server.Api;

/// <summary><c>/v1/kills</c>: what stops at once. One person of security orders a kill, two lift it. Agents never reach it.</summary>
internal sealed class KillsApi(ControlService controls, RegistryHolder registry, TimeProvider time)
{
    public void Map(RouteGroupBuilder people)
    {
        people.MapGet("/kills", (HttpContext http) =>
        {
            var kills = http.Person().Organization.Kills;
            return Results.Json(new KillList([.. kills.Standing.Select(KillView.Of)], [.. kills.Lifted.Select(KillView.Of)]), StrictJson.Options);
        });
        people.MapPost("/kills", OrderAsync);
        people.MapPost("/kills/{id}/lift", LiftAsync);
    }

    private async Task<IResult> OrderAsync(HttpContext http, KillBody body)
    {
        var caller = http.Person();
        if (body.Reason.Length is 0 or > 500)
            return Problem.Of(ApiError.Malformed, "reason: 1 to 500 characters").ToResult();
        if (body.DetectedAt > time.GetUtcNow() + TimeSpan.FromMinutes(1))
            return Problem.Of(ApiError.Malformed, "detected_at: not in the future").ToResult();
        if (!KillScope.TryParse(Named(caller.Organization, body.Scope), null, out var scope))
            return Problem.Of(ApiError.Malformed, $"scope: {KillScope.Expected}").ToResult();
        if (caller.Organization.Kills.Standing.FirstOrDefault(kill => kill.Scope == scope) is { } standing)
            return Show(http, standing.Id, 200);
        var id = Guid.CreateVersion7(time.GetUtcNow());
        var order = new KillOrdered(id, scope, body.Reason, body.DetectedAt?.ToUniversalTime());
        var unknown = $"There is nothing here that '{scope}' would stop.";
        var outcome = await controls.TakeAsync(
            caller.Organization.Id, caller.Person.Id, caller.Presence, state => scope.IsKnownTo(state!) ? ControlPlan.Take(order) : ControlPlan.Refuse(unknown, order), http.RequestAborted);
        if (outcome is ControlOutcome.Invalid { Cause: var cause } && cause == unknown)
            return Problem.Of(ApiError.NotFound, unknown).ToResult();
        return outcome.Error() ?? Show(http, id, 201);
    }

    private async Task<IResult> LiftAsync(HttpContext http, string id, ReasonBody body)
    {
        if (body.Reason.Length is 0 or > 500)
            return Problem.Of(ApiError.Malformed, "reason: 1 to 500 characters").ToResult();
        var caller = http.Person();
        if (!Guid.TryParse(id, out var kill) || caller.Organization.Kills.Find(kill) is null)
            return Problem.Of(ApiError.NotFound, "There is no such kill.").ToResult();
        ConfirmationObstacle? obstacle = null;
        var outcome = await controls.TakeAsync(
            caller.Organization.Id, caller.Person.Id, caller.Presence,
            state => state!.Kills.Find(kill) is { Lifted: null } standing
                ? Lifting.Plan(state, standing.Lift, new KillLiftProposed(kill, body.Reason), new KillLifted(kill), caller.Person.Id, time.GetUtcNow(), out obstacle)
                : ControlPlan.Refuse("It was lifted already."),
            http.RequestAborted);
        if (obstacle is not null)
            return (Problem.Of(ApiError.Unconfirmed, obstacle.Text) with { Conflict = obstacle.Name }).ToResult();
        return outcome.Error() ?? Show(http, kill, Find(http, kill).Lifted is null ? 202 : 200);
    }

    private IResult Show(HttpContext http, Guid id, int status) => Results.Json(new KillAnswer(KillView.Of(Find(http, id))), StrictJson.Options, statusCode: status);

    private Kill Find(HttpContext http, Guid id) => registry.Current.Organizations[http.Person().Organization.Id].Kills.Find(id)!;

    /// <summary>The scope with the id of an agent that it calls by its name. What is an id is never taken for a name.</summary>
    private static string Named(OrganizationState state, string scope) =>
        scope.Split('/', 3) is ["agent" or "version", var name, ..] parts && !AgentId.TryParse(name, null, out _) && state.Agents.Values.FirstOrDefault(agent => agent.Name == name) is { } agent
            ? string.Join('/', [parts[0], agent.Id.ToString(), .. parts[2..]])
            : scope;
}
