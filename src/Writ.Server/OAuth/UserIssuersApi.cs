using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Writ.Governance.Controls;
using Writ.Governance.Policies.Publishing;
using Writ.Governance.Records;
using Writ.Governance.Registry;
using Writ.Governance.Users;
using Writ.Server.Api;

namespace Writ.Server.OAuth;

/// <summary><c>/v1/user-issuers</c>: whose word is taken for end users. Two people register one, one removes it.</summary>
internal sealed class UserIssuersApi(ControlService controls, RegistryHolder registry, TimeProvider time)
{
    public void Map(RouteGroupBuilder people)
    {
        people.MapGet("/user-issuers", (HttpContext http) => List(http, 200));
        people.MapPost("/user-issuers", RegisterAsync);
        people.MapPost("/user-issuers/{name}/remove", RemoveAsync);
    }

    /// <summary>The first person's call proposes an issuer; the same from a second person registers it.</summary>
    private async Task<IResult> RegisterAsync(HttpContext http, UserIssuer body)
    {
        if (body.Problem is { } problem)
            return Problem.Of(ApiError.Malformed, problem).ToResult();
        var caller = http.Person();
        var digest = UserIssuerChanges.DigestOf(body);
        ConfirmationObstacle? obstacle = null;
        var outcome = await controls.TakeAsync(
            caller.Organization.Id, caller.Person.Id, caller.Presence,
            state => state!.UserIssuers.Obstacle(body) is { } confused
                ? ControlPlan.Refuse(confused)
                : Lifting.Plan(
                    state, state.UserIssuers.Proposals.GetValueOrDefault(body.Name) is { } standing && standing.Digest == digest ? (standing.By, standing.At) : null,
                    new UserIssuerProposed(body, digest), new UserIssuerRegistered(body.Name, digest), caller.Person.Id, time.GetUtcNow(), out obstacle),
            http.RequestAborted);
        if (obstacle is not null)
            return (Problem.Of(ApiError.Unconfirmed, obstacle.Text) with { Conflict = obstacle.Name }).ToResult();
        return outcome.Error() ?? List(http, registry.Current.Organizations[caller.Organization.Id].UserIssuers.Proposals.ContainsKey(body.Name) ? 202 : 201);
    }

    private async Task<IResult> RemoveAsync(HttpContext http, string name, ReasonBody body)
    {
        if (body.Reason.Length is 0 or > 500)
            return Problem.Of(ApiError.Malformed, "reason: 1 to 500 characters").ToResult();
        var caller = http.Person();
        var outcome = await controls.TakeAsync(
            caller.Organization.Id, caller.Person.Id, caller.Presence,
            state => state!.UserIssuers.ByName.ContainsKey(name) || state.UserIssuers.Proposals.ContainsKey(name)
                ? ControlPlan.Take(new UserIssuerRemoved(name, body.Reason))
                : ControlPlan.Refuse("There is no such user issuer."),
            http.RequestAborted);
        return outcome.Error() ?? List(http, 200);
    }

    private IResult List(HttpContext http, int status)
    {
        var issuers = registry.Current.Organizations[http.Person().Organization.Id].UserIssuers;
        ImmutableArray<ProposedUserIssuer> proposals = [.. issuers.Proposals.Values.Select(one => new ProposedUserIssuer(one.Issuer, one.Digest, one.By.ToString(), one.At))];
        return Results.Json(new UserIssuerList([.. issuers.ByName.Values.Select(one => one.Issuer)], proposals), StrictJson.Options, statusCode: status);
    }
}
