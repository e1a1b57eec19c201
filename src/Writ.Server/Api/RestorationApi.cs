using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Writ.Governance.Controls;
using Writ.Governance.Policies.Publishing;
using Writ.Governance.Records;
using Writ.Governance.Registry;
using Writ.Governance.Restorations;

namespace Writ.Server.Api;

/// <summary><c>/v1/restoration</c>: what a restore brought back, and the people who confirm it.</summary>
internal sealed class RestorationApi(ControlService controls, RegistryHolder registry, TimeProvider time)
{
    public void Map(RouteGroupBuilder people)
    {
        people.MapGet("/restoration", (HttpContext http) => Show(http, http.Person().Organization));
        people.MapPost("/restoration/confirm", ConfirmAsync);
        people.MapPost("/restoration/keys/{keyId}", ReconfirmAsync);
    }

    private async Task<IResult> ConfirmAsync(HttpContext http, RestorationBody body)
    {
        var caller = http.Person();
        ConfirmationObstacle? obstacle = null;
        var outcome = await controls.TakeAsync(
            caller.Organization.Id, caller.Person.Id, caller.Presence,
            state => RestorationPlan.Confirm(state!, body.Domain, caller.Person.Id, time.GetUtcNow(), out obstacle), http.RequestAborted);
        return outcome is not ControlOutcome.Done && obstacle is not null
            ? (Problem.Of(ApiError.Unconfirmed, obstacle.Text) with { Conflict = obstacle.Name }).ToResult()
            : outcome.Error() ?? Show(http, registry.Current.Organizations[caller.Organization.Id]);
    }

    private async Task<IResult> ReconfirmAsync(HttpContext http, string keyId)
    {
        var caller = http.Person();
        var outcome = await controls.TakeAsync(
            caller.Organization.Id, caller.Person.Id, caller.Presence, state => RestorationPlan.Reconfirm(state!, keyId), http.RequestAborted);
        return outcome.Error() ?? Show(http, registry.Current.Organizations[caller.Organization.Id]);
    }

    private IResult Show(HttpContext http, OrganizationState state) => RestorationView.Of(state, agent => http.FindAgent(agent, time) is not null) is { } view
        ? Results.Json(view, StrictJson.Options)
        : Problem.Of(ApiError.NotFound, "This installation was never restored.").ToResult();
}
