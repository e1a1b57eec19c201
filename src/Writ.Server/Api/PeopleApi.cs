using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Writ.Governance.Controls;
using Writ.Governance.Credentials;
using Writ.Governance.Directories;
using Writ.Governance.Organizations;
using Writ.Governance.People;
using Writ.Governance.Records;
using Writ.Governance.Registry;
using Writ.Identity.Tokens;

namespace Writ.Server.Api;

/// <summary><c>/v1/people</c>: who may act on the organization. Agents never reach it.</summary>
internal sealed class PeopleApi(ControlService controls, RegistryHolder registry, CredentialIssuer keys, DirectoryUsers directory, TimeProvider time)
{
    private const int MaxDisplayName = 128;
    private const int MaxTeams = 64;

    public void Map(RouteGroupBuilder people)
    {
        people.MapGet("/people", (HttpContext http) =>
            Results.Json(new PersonList([.. http.Person().Organization.People.Values.OrderBy(p => p.Id.ToString(), StringComparer.Ordinal).Select(person => PersonView.Of(person, directory.Find(http.Person().Organization, person)))]), StrictJson.Options));
        people.MapPost("/people", AddAsync);
        people.MapPut("/people/{person}/tools", (HttpContext http, string person, PersonToolsBody body) =>
            AgentDescription.ReadGrants(body.Tools ?? [], out var tools) is { } obstacle
                ? Task.FromResult(Problem.Of(ApiError.Malformed, obstacle.Replace("grants", "tools", StringComparison.Ordinal)).ToResult())
                : TakeAsync(http, person, (_, known) => ControlPlan.Take(new PersonToolsChanged(known, body.Tools is null ? null : tools))));
        people.MapDelete("/people/{person}", (HttpContext http, string person, string? reason) => ChangeAsync(
            http, person, reason ?? "", (state, known) => state.IsLive(known) || state.People.GetValueOrDefault(known) is { LeftByDirectory: true } ? ControlPlan.Take(new PersonLeft(known, reason!)) : ControlPlan.Refuse($"{known} has left already.")));
        people.MapPost("/people/{person}/return", (HttpContext http, string person, ReturnBody body) => ChangeAsync(
            http, person, body.Reason, (_, known) => ControlPlan.Take(new PersonReturned(known, [.. body.Capabilities.Distinct()], body.Reason))));
        people.MapPost("/people/{person}/capabilities/give", (HttpContext http, string person, CapabilitiesBody body) => ChangeAsync(
            http, person, body.Reason, (_, known) => Team(body, out var team) ? ControlPlan.Take(new PersonCapabilitiesGiven(known, [.. body.Capabilities.Distinct()], body.Reason, team)) : NoTeam()));
        people.MapPost("/people/{person}/capabilities/take", (HttpContext http, string person, CapabilitiesBody body) => ChangeAsync(
            http, person, body.Reason, (_, known) => Team(body, out var team) ? ControlPlan.Take(new PersonCapabilitiesTaken(known, [.. body.Capabilities.Distinct()], body.Reason, team)) : NoTeam()));
        people.MapGet("/duties", (HttpContext http) => Results.Json(DutyList.Of(http.Person().Organization, http.Person().Person.Id, time.GetUtcNow()), StrictJson.Options));
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
            new PersonAnswer(View(caller.Organization.Id, person), token.Token), StrictJson.Options, statusCode: 201);
    }

    private async Task<IResult> ChangeAsync(HttpContext http, string name, string reason, Func<OrganizationState, PersonId, ControlPlan> plan) =>
        reason.Length is 0 or > 500 ? Problem.Of(ApiError.Malformed, "reason: 1 to 500 characters").ToResult() : await TakeAsync(http, name, plan);

    private async Task<IResult> TakeAsync(HttpContext http, string name, Func<OrganizationState, PersonId, ControlPlan> plan)
    {
        var caller = http.Person();
        if (!PersonId.TryParse(name, null, out var person) || !caller.Organization.People.ContainsKey(person))
            return Problem.Of(ApiError.NotFound, "There is no such person.").ToResult();
        var outcome = await controls.TakeAsync(caller.Organization.Id, caller.Person.Id, caller.Presence, state => plan(state!, person), http.RequestAborted);
        return outcome.Error() ?? Results.Json(View(caller.Organization.Id, person), StrictJson.Options);
    }

    private static bool Team(CapabilitiesBody body, out TeamId? team)
    {
        team = TeamId.TryParse(body.Team, null, out var named) ? named : null;
        return body.Team is null || team is not null;
    }

    private static ControlPlan NoTeam() => ControlPlan.Refuse($"team: {Slug.Rule}");

    private PersonView View(OrganizationId organization, PersonId person)
    {
        var state = registry.Current.Organizations[organization];
        return PersonView.Of(state.People[person], directory.Find(state, state.People[person]));
    }

    private static ControlPlan Plan(OrganizationState state, PersonBody body, PersonId person, string shown, IssuedCredential token) =>
        state.People.TryGetValue(person, out var known) ? ControlPlan.Refuse(known.IsHere
            ? $"There is a person named '{person}' already."
            : $"'{person}' has left, and nobody else is given the name; the same person returns by POST /v1/people/{person}/return.")
        : state.Teams.ContainsKey(body.Name) ? ControlPlan.Refuse($"'{person}' is a team's name; people and teams never share one.")
        : body.Teams.FirstOrDefault(team => !state.Teams.ContainsKey(team)) is { } missing ? ControlPlan.Refuse($"There is no team '{missing}'.")
        : ControlPlan.Take(
        [
            new PersonAdded(person, shown, [.. body.Capabilities.Distinct()]),
            new PersonTokenIssued(person, token.KeyId, token.SecretHash, Presence.StoredToken) { ExpiresAt = token.ExpiresAt },
            .. body.Teams.Distinct(StringComparer.Ordinal).Select(team => new TeamJoined(TeamId.Parse(team), person)),
        ]);
}
