using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Writ.Governance.Controls;
using Writ.Governance.NamedFacts;
using Writ.Governance.Organizations;
using Writ.Governance.People;
using Writ.Governance.Records;
using Writ.Governance.Registry;

namespace Writ.Server.Api;

/// <summary><c>/v1/teams</c>: the teams that policies name as approvers, and who is in them. Agents never reach it.</summary>
internal sealed class TeamsApi(ControlService controls, RegistryHolder registry)
{
    private const int MaxMembers = 256;
    private const int MaxDisplayName = 128;

    public void Map(RouteGroupBuilder people)
    {
        people.MapGet("/teams", (HttpContext http) =>
        {
            var state = http.Person().Organization;
            return Results.Json(new TeamList([.. state.Teams.Values.Select(team => TeamView.Of(state, team.Id))]), StrictJson.Options);
        });
        people.MapPost("/teams", CreateAsync);
        people.MapPost("/teams/{team}/join", (HttpContext http, string team, MemberBody body) =>
            ChangeAsync(http, team, body, (state, id, person) => state.People[person].Teams.Contains(id) ? null : new TeamJoined(id, person)));
        people.MapPost("/teams/{team}/leave", (HttpContext http, string team, MemberBody body) =>
            ChangeAsync(http, team, body, (state, id, person) => state.People[person].Teams.Contains(id) ? new TeamLeft(id, person) : null));
    }

    private async Task<IResult> CreateAsync(HttpContext http, TeamBody body)
    {
        var shown = body.DisplayName ?? body.Name;
        if (!TeamId.TryParse(body.Name, null, out var team) || shown.Length is 0 or > MaxDisplayName || shown.Any(char.IsControl))
            return Problem.Of(ApiError.Malformed, $"name: {Slug.Rule}; display_name: 1 to {MaxDisplayName} characters").ToResult();
        var members = body.Members.Distinct(StringComparer.Ordinal).Select(name => PersonId.TryParse(name, null, out var person) ? person : default).ToArray();
        if (members.Length > MaxMembers)
            return Problem.Of(ApiError.Malformed, $"members: at most {MaxMembers}").ToResult();
        return await AnswerAsync(http, team, 201, state =>
            state.Teams.ContainsKey(body.Name) ? ControlPlan.Refuse($"There is a team named '{body.Name}' already.")
            : FactAgent.Owns(team) ? ControlPlan.Refuse($"'{team}' is the team of Writ itself, which looks facts up.")
            : state.People.Keys.Any(person => person.ToString() == body.Name) ? ControlPlan.Refuse($"'{body.Name}' is a person's name; people and teams never share one.")
            : members.Any(person => !state.IsLive(person)) ? ControlPlan.Refuse("members: not all of them are people of this organization.")
            : ControlPlan.Take([new TeamCreated(team, shown), .. members.Select(person => new TeamJoined(team, person))]));
    }

    private Task<IResult> ChangeAsync(HttpContext http, string name, MemberBody body, Func<OrganizationState, TeamId, PersonId, ControlAction?> change)
    {
        _ = TeamId.TryParse(name, null, out var team);
        _ = PersonId.TryParse(body.Person, null, out var person);
        return AnswerAsync(http, team, 200, state =>
            !state.Teams.ContainsKey(name) ? ControlPlan.Refuse("There is no such team.")
            : !state.People.ContainsKey(person) ? ControlPlan.Refuse("There is no such person.")
            : change(state, team, person) is { } action ? ControlPlan.Take(action)
            : ControlPlan.Refuse("Nothing would change."));
    }

    private async Task<IResult> AnswerAsync(HttpContext http, TeamId team, int status, Func<OrganizationState, ControlPlan> plan)
    {
        var caller = http.Person();
        var outcome = await controls.TakeAsync(caller.Organization.Id, caller.Person.Id, caller.Presence, state => plan(state!), http.RequestAborted);
        return outcome.Error()
            ?? Results.Json(new TeamAnswer(TeamView.Of(registry.Current.Organizations[caller.Organization.Id], team)), StrictJson.Options, statusCode: status);
    }
}
