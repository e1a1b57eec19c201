using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Writ.Governance.Controls;
using Writ.Governance.Holds;
using Writ.Governance.Organizations;
using Writ.Governance.Policies.Publishing;
using Writ.Governance.Records;
using Writ.Governance.Registry;

namespace Writ.Server.Api;

/// <summary><c>/v1/holds</c>: what nothing may be erased or pruned for. One person places a hold, two lift it.</summary>
internal sealed class HoldsApi(ControlService controls, RegistryHolder registry, PayloadSealer sealer, TimeProvider time)
{
    public void Map(RouteGroupBuilder people)
    {
        people.MapGet("/holds", (HttpContext http) => Show(http.Person().Organization, 200));
        people.MapPost("/holds", PlaceAsync);
        people.MapPost("/holds/{name}/lift", LiftAsync);
    }

    private async Task<IResult> PlaceAsync(HttpContext http, HoldBody body)
    {
        if (!Slug.IsValid(body.Name) || body.Reason.Length is 0 or > 500)
            return Problem.Of(ApiError.Malformed, $"name: {Slug.Rule}; reason: 1 to 500 characters").ToResult();
        var caller = http.Person();
        var (subject, key) = ((PayloadSubject?)null, (Guid?)null);
        if (body.Subject is not null)
        {
            if ((subject = PayloadSubject.Parse(body.Subject)) is not { } parsed)
                return Problem.Of(ApiError.Malformed, "subject: user/<name>, person/<name> or agent/<id>").ToResult();
            if ((key = sealer.KeyOf(caller.Organization.Id, parsed)) is null)
                return Problem.Of(ApiError.NotFound, "Nothing is sealed for such a subject yet, so that no hold can name it: place one over everything.").ToResult();
        }

        var outcome = await controls.TakeAsync(
            caller.Organization.Id, caller.Person.Id, caller.Presence,
            state => state!.Holds.ContainsKey(body.Name) ? ControlPlan.Refuse($"There is a hold named '{body.Name}' already.")
                : ControlPlan.Take(new HoldPlaced(body.Name, body.Reason, key is { } at ? subject!.Value.WordUnder(at) : null, key)),
            http.RequestAborted);
        return outcome.Error() ?? Show(registry.Current.Organizations[caller.Organization.Id], 201);
    }

    private async Task<IResult> LiftAsync(HttpContext http, string name, ReasonBody body)
    {
        if (body.Reason.Length is 0 or > 500)
            return Problem.Of(ApiError.Malformed, "reason: 1 to 500 characters").ToResult();
        var caller = http.Person();
        if (!caller.Organization.Holds.ContainsKey(name))
            return Problem.Of(ApiError.NotFound, "There is no such hold.").ToResult();
        ConfirmationObstacle? obstacle = null;
        var outcome = await controls.TakeAsync(
            caller.Organization.Id, caller.Person.Id, caller.Presence,
            state => state!.Holds.ContainsKey(name)
                ? Lifting.Plan(state, state.Holds[name].Lift, new HoldLiftProposed(name, body.Reason), new HoldLifted(name), caller.Person.Id, time.GetUtcNow(), out obstacle)
                : ControlPlan.Refuse("The hold was lifted meanwhile."),
            http.RequestAborted);
        if (obstacle is not null)
            return (Problem.Of(ApiError.Unconfirmed, obstacle.Text) with { Conflict = obstacle.Name }).ToResult();
        var now = registry.Current.Organizations[caller.Organization.Id];
        return outcome.Error() ?? Show(now, now.Holds.ContainsKey(name) ? 202 : 200);
    }

    private static IResult Show(OrganizationState state, int status) =>
        Results.Json(new HoldList([.. state.Holds.Values.Select(HoldView.Of)]), StrictJson.Options, statusCode: status);
}
