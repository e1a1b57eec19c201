using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Writ.Governance.Controls;
using Writ.Governance.Policies.Publishing;
using Writ.Governance.Records;
using Writ.Governance.Registry;
using Writ.Governance.Retention;

namespace Writ.Server.Api;

/// <summary><c>/v1/retention</c>: how long what agents and servers wrote is kept. Longer takes one person, shorter two.</summary>
internal sealed class RetentionApi(ControlService controls, RegistryHolder registry, TimeProvider time)
{
    public void Map(RouteGroupBuilder people)
    {
        people.MapGet("/retention", (HttpContext http) => Results.Json(RetentionView.Of(http.Person().Organization), StrictJson.Options));
        people.MapPut("/retention", ChangeAsync);
    }

    private async Task<IResult> ChangeAsync(HttpContext http, RetentionBody body)
    {
        var caller = http.Person();
        var terms = new RetentionTerms(body.DecisionDays, body.FinancialDays, body.TraceDays ?? caller.Organization.Retention.TraceDays);
        if (terms.Problem is { } problem)
            return Problem.Of(ApiError.Malformed, problem).ToResult();
        ConfirmationObstacle? obstacle = null;
        var outcome = await controls.TakeAsync(
            caller.Organization.Id, caller.Person.Id, caller.Presence,
            state => RetentionPlan.Of(state!, terms, caller.Person.Id, time.GetUtcNow(), out obstacle), http.RequestAborted);
        if (obstacle is not null)
            return (Problem.Of(ApiError.Unconfirmed, obstacle.Text) with { Conflict = obstacle.Name }).ToResult();
        var now = registry.Current.Organizations[caller.Organization.Id];
        return outcome.Error() ?? Results.Json(RetentionView.Of(now), StrictJson.Options, statusCode: now.Retention == terms ? 200 : 202);
    }
}
