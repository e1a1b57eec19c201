using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Writ.Governance.Controls;
using Writ.Governance.Credentials;
using Writ.Governance.Directories;
using Writ.Governance.Organizations;
using Writ.Governance.People;
using Writ.Governance.Policies.Publishing;
using Writ.Governance.Records;
using Writ.Governance.Registry;
using Writ.Identity.Tokens;

namespace Writ.Server.Api;

/// <summary><c>/v1/directories</c>: which directories say who is of the organization, and which teams their groups keep.</summary>
internal sealed class DirectoriesApi(ControlService controls, RegistryHolder registry, CredentialIssuer credentials, DirectoryUsers users, Authenticator authenticator, Func<Uri> address, TimeProvider time)
{
    private const int MaxLabel = 64;

    public void Map(RouteGroupBuilder people)
    {
        people.MapGet("/directories", (HttpContext http) => List(http));
        people.MapPost("/directories", RegisterAsync);
        people.MapPost("/directories/{id}/revoke", (HttpContext http, string id, ReasonBody body) => TakeAsync(http, body.Reason, (state, _) =>
            state.DirectoryClients.ContainsKey(id) ? ControlPlan.Take(new DirectoryClientRevoked(id, body.Reason)) : ControlPlan.Refuse("There is no such directory.", new DirectoryClientRevoked(id, body.Reason))));
        people.MapPost("/teams/{team}/directory", BindAsync);
        people.MapPost("/teams/{team}/directory/release", (HttpContext http, string team, ReasonBody body) => TakeAsync(http, body.Reason, (state, _) =>
            TeamId.TryParse(team, null, out var known) && state.KeeperOf(known) is not null
                ? ControlPlan.Take(new TeamDirectoryReleased(known, body.Reason))
                : ControlPlan.Refuse("No directory keeps such a team.", new TeamDirectoryReleased(known, body.Reason))));
        people.MapPost("/people/{person}/directory", HandAsync);
    }

    private async Task<IResult> RegisterAsync(HttpContext http, DirectoryBody body)
    {
        if (body.Label.Length is 0 or > MaxLabel || body.Label.Any(char.IsControl) || body.Days < 1 || body.Days > DirectoryClient.Longest.Days)
            return Problem.Of(ApiError.Malformed, $"label: 1 to {MaxLabel} characters; days: 1 to {DirectoryClient.Longest.Days}").ToResult();
        if (body.Provider is null != body.Subject is null)
            return Problem.Of(ApiError.Malformed, "provider and subject: both or neither; subject: external_id or user_name, whichever the provider's 'sub' is").ToResult();
        var caller = http.Person();
        var token = credentials.Issue(TokenKind.DirectoryToken, TimeSpan.FromDays(body.Days));
        var outcome = await controls.TakeAsync(
            caller.Organization.Id, caller.Person.Id, caller.Presence,
            _ => ControlPlan.Take(new DirectoryClientRegistered(token.KeyId, body.Label, token.SecretHash, token.ExpiresAt) { Provider = body.Provider, Subject = body.Subject }), http.RequestAborted);
        return outcome.Error() ?? Results.Json(
            new DirectoryAnswer(DirectoryView.Of(registry.Current.Organizations[caller.Organization.Id].DirectoryClients[token.KeyId], null), token.Token, new Uri(address(), "/scim/v2").ToString()),
            StrictJson.Options, statusCode: 201);
    }

    private async Task<IResult> BindAsync(HttpContext http, string team, TeamDirectoryBody body)
    {
        ConfirmationObstacle? obstacle = null;
        var isBound = false;
        _ = TeamId.TryParse(team, null, out var known);
        var caller = http.Person();
        var outcome = await controls.TakeAsync(caller.Organization.Id, caller.Person.Id, caller.Presence, state =>
        {
            var first = state!.DirectoryGroups.GetValueOrDefault(body.Group)?.Proposal is { } said && said.Team == known ? ((PersonId, DateTimeOffset)?)(said.By, said.At) : null;
            var plan = Lifting.Plan(state, first, new TeamDirectoryProposed(known, body.Group), new TeamDirectoryBound(known, body.Group), caller.Person.Id, time.GetUtcNow(), out obstacle);
            isBound = plan.Actions is [.., TeamDirectoryBound];
            return plan;
        }, http.RequestAborted);
        return obstacle is not null && outcome is ControlOutcome.Invalid ? (Problem.Of(ApiError.Unconfirmed, obstacle.Text) with { Conflict = obstacle.Name }).ToResult()
            : outcome.Error() ?? List(http, isBound ? StatusCodes.Status200OK : StatusCodes.Status202Accepted);
    }

    private async Task<IResult> HandAsync(HttpContext http, string person, PersonDirectoryBody body)
    {
        var user = new DirectoryUser { UserName = body.UserName, ExternalId = body.ExternalId };
        if (user.Problem is { } problem)
            return Problem.Of(ApiError.Malformed, problem).ToResult();
        var client = http.Person().Organization.DirectoryMeant(body.Directory, time.GetUtcNow(), out var obstacle);
        return await TakeAsync(http, "handed", (state, _) =>
            !PersonId.TryParse(person, null, out var known) || !state.IsLive(known) ? ControlPlan.Refuse("There is no such person.", new DirectoryUserDescribed(known, default, ""))
            : client is null ? ControlPlan.Refuse(obstacle, new DirectoryUserDescribed(known, default, ""))
            : !state.DirectoryClients.ContainsKey(client.KeyId) ? ControlPlan.Refuse("The directory's token was revoked meanwhile.", new DirectoryUserDescribed(known, default, ""))
            : state.People[known].Directory is not null ? ControlPlan.Refuse("A directory speaks of that person already.")
            : users.All(state, client.Label).Any(other => user.UserName.Equals(other.User?.UserName, StringComparison.OrdinalIgnoreCase)) ? ControlPlan.Refuse("The directory has a user of that user_name already.")
            : users.Seal(state.Id, known, user, time.GetUtcNow(), out var fault) is { } described ? ControlPlan.Take(described) : ControlPlan.Refuse(fault), client?.KeyId);
    }

    private async Task<IResult> TakeAsync(HttpContext http, string reason, Func<OrganizationState, PersonId, ControlPlan> plan, string? directory = null)
    {
        if (reason.Length is 0 or > 500)
            return Problem.Of(ApiError.Malformed, "reason: 1 to 500 characters").ToResult();
        var caller = http.Person();
        // The record names the token of the directory that people speak for.
        var outcome = await controls.TakeAsync(caller.Organization.Id, caller.Person.Id, caller.Presence with { Directory = directory }, state => plan(state!, caller.Person.Id), http.RequestAborted);
        return outcome.Error() ?? List(http);
    }

    private IResult List(HttpContext http, int status = StatusCodes.Status200OK)
    {
        var (caller, now) = (http.Person().Person, time.GetUtcNow());
        var state = registry.Current.Organizations[http.Person().Organization.Id];
        return caller.Has(PersonCapability.Security) || caller.Has(PersonCapability.Platform) || caller.Has(PersonCapability.Compliance)
            ? Results.Json(new DirectoryList(
                [.. state.DirectoryClients.Values.Where(client => client.ExpiresAt > now).OrderBy(client => client.KeyId, StringComparer.Ordinal).Select(client => DirectoryView.Of(client, authenticator.LastUse(client.KeyId)))],
                [.. state.DirectoryGroups.Values.OrderBy(group => group.Name, StringComparer.Ordinal).Select(DirectoryGroupView.Of)]), StrictJson.Options, statusCode: status)
            : Problem.Of(ApiError.NotAllowed, "Directories are for security, platform and compliance.").ToResult();
    }
}
