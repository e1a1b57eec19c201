using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Writ.Governance.Controls;
using Writ.Governance.Credentials;
using Writ.Governance.Organizations;
using Writ.Governance.People;
using Writ.Governance.Records;
using Writ.Governance.Registry;
using Writ.Identity.Tokens;

namespace Writ.Server.Api;

/// <summary><c>/v1/people</c>: who may act on the organization. Agents never reach it.</summary>
internal sealed class PeopleApi(ControlService controls, RegistryHolder registry, CredentialIssuer keys)
{
    private const int MaxDisplayName = 128;
    private const int MaxTeams = 64;

    public void Map(RouteGroupBuilder people)
    {
        people.MapGet("/people", (HttpContext http) =>
            Results.Json(new PersonList([.. http.Person().Organization.People.Values.OrderBy(p => p.Id.ToString(), StringComparer.Ordinal).Select(PersonView.Of)]), StrictJson.Options));
        people.MapPost("/people", AddAsync);
        people.MapPut("/people/{person}/tools", LimitAsync);
    }

    private async Task<IResult> AddAsync(HttpContext http, PersonBody body)
    {
        var shown = body.DisplayName ?? body.Name;
        if (!PersonId.TryParse(body.Name, null, out var person) || shown.Length is 0 or > MaxDisplayName || shown.Any(char.IsControl))
            return Problem.Of(ApiError.Malformed, $"name: {Slug.Rule}; display_name: 1 to {MaxDisplayName} characters").ToResult();
        if (body.Teams.Length > MaxTeams)
            return Problem.Of(ApiError.Malformed, $"teams: at most {MaxTeams}").ToResult();

        var caller = http.Person();
        var token = keys.Issue(TokenKind.PersonToken);
        var outcome = await controls.TakeAsync(
            caller.Organization.Id, caller.Person.Id, caller.Presence, state => Plan(state!, body, person, shown, token), http.RequestAborted);
        return outcome.Error() ?? Results.Json(
            new PersonAnswer(PersonView.Of(registry.Current.Organizations[caller.Organization.Id].People[person]), token.Token), StrictJson.Options, statusCode: 201);
    }

    private async Task<IResult> LimitAsync(HttpContext http, string person, PersonToolsBody body)
    {
        if (AgentDescription.ReadGrants(body.Tools ?? [], out var tools) is { } obstacle)
            return Problem.Of(ApiError.Malformed, obstacle.Replace("grants", "tools", StringComparison.Ordinal)).ToResult();
        var caller = http.Person();
        _ = PersonId.TryParse(person, null, out var who);
        var outcome = await controls.TakeAsync(
            caller.Organization.Id, caller.Person.Id, caller.Presence,
            state => state!.People.ContainsKey(who) ? ControlPlan.Take(new PersonToolsChanged(who, body.Tools is null ? null : tools)) : ControlPlan.Refuse("There is no such person."), http.RequestAborted);
        return outcome.Error() ?? Results.Json(PersonView.Of(registry.Current.Organizations[caller.Organization.Id].People[who]), StrictJson.Options);
    }

    private static ControlPlan Plan(OrganizationState state, PersonBody body, PersonId person, string shown, IssuedCredential token) =>
        state.People.ContainsKey(person) ? ControlPlan.Refuse($"There is a person named '{person}' already.")
        : state.Teams.ContainsKey(body.Name) ? ControlPlan.Refuse($"'{person}' is a team's name; people and teams never share one.")
        : body.Teams.FirstOrDefault(team => !state.Teams.ContainsKey(team)) is { } missing ? ControlPlan.Refuse($"There is no team '{missing}'.")
        : ControlPlan.Take(
        [
            new PersonAdded(person, shown, [.. body.Capabilities.Distinct()]),
            new PersonTokenIssued(person, token.KeyId, token.SecretHash, Presence.StoredToken) { ExpiresAt = token.ExpiresAt },
            .. body.Teams.Distinct(StringComparer.Ordinal).Select(team => new TeamJoined(TeamId.Parse(team), person)),
        ]);
}
