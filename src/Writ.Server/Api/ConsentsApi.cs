using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Writ.Governance.Agents;
using Writ.Governance.Controls;
using Writ.Governance.Records;
using Writ.Governance.Registry;

namespace Writ.Server.Api;

/// <summary>Who finds an agent, and who may ask it to work besides its owners: offered by one side, accepted by the other, taken back by either.</summary>
internal sealed class ConsentsApi(ControlService controls, RegistryHolder registry, TimeProvider time)
{
    public void Map(RouteGroupBuilder people)
    {
        people.MapPut("/agents/{id}/visibility", (HttpContext http, string id, VisibilityBody body) => ChangeAsync(
            http, id, body.Reason, (_, agent) => ControlPlan.Take(new AgentVisibilityChanged(agent.Id, body.Visibility, body.Reason))));
        people.MapPost("/agents/{id}/consents", OfferAsync);
        people.MapPost("/agents/{id}/consents/{consent}/accept", (HttpContext http, string id, string consent) => ChangeAsync(
            http, id, "accepted", (_, agent) => Find(agent, consent) is not { } found ? NoConsent()
                : found.AcceptedBy is not null ? ControlPlan.Refuse("It is accepted already.")
                : ControlPlan.Take(new AgentConsentAccepted(agent.Id, found.Id))));
        people.MapPost("/agents/{id}/consents/{consent}/withdraw", (HttpContext http, string id, string consent, ReasonBody body) => ChangeAsync(
            http, id, body.Reason, (_, agent) => Find(agent, consent) is { } found ? ControlPlan.Take(new AgentConsentWithdrawn(agent.Id, found.Id, body.Reason)) : NoConsent()));
    }

    private async Task<IResult> OfferAsync(HttpContext http, string id, ConsentBody body)
    {
        if (!InvokeParty.TryParse(body.Who, null, out var who))
            return Problem.Of(ApiError.Malformed, $"who: {InvokeParty.Expected}").ToResult();
        if (body.Skills.Length > InvokeConsent.MaxSkills)
            return Problem.Of(ApiError.Malformed, $"skills: at most {InvokeConsent.MaxSkills}").ToResult();
        if (body.Days < 1 || body.Days > InvokeConsent.Longest.Days)
            return Problem.Of(ApiError.Malformed, $"days: 1 to {InvokeConsent.Longest.Days}").ToResult();
        var consent = Guid.CreateVersion7(time.GetUtcNow());
        var caller = http.Person();
        return await ChangeAsync(http, id, body.Reason, (state, agent) =>
            who.Person is { } person && !state.IsLive(person) ? ControlPlan.Refuse("who: not a person of this organization")
            : who.Team is { } team && !state.Teams.ContainsKey(team.ToString()) ? ControlPlan.Refuse("who: not a team of this organization")
            // An agent that the caller may not know of is as one that does not exist.
            : who.Agent is { } asking && (asking == agent.Id || state.FindFor(caller.Person, asking, time.GetUtcNow()) is null) ? ControlPlan.Refuse("who: not another agent of this organization")
            : body.Right == AgentRight.Clone && (who.Agent is not null || body.Skills.Length > 0) ? ControlPlan.Refuse("right: agents copy no agent, and a copy is not of a skill")
            : body.Skills.FirstOrDefault(skill => agent.Card?.Skill(skill) is not { Tools.IsEmpty: false }) is { } unknown
                ? ControlPlan.Refuse($"skills: the agent's card has no skill '{AgentLabel.Inert(unknown)}' that names its tools, so that it bounds nothing")
            : ControlPlan.Take(new AgentConsentOffered(agent.Id, consent, who, time.GetUtcNow().AddDays(body.Days), body.Reason)
            {
                Right = body.Right == AgentRight.Invoke ? null : body.Right, Skills = body.Skills is { Length: > 0 } skills ? skills : null,
            }));
    }

    private async Task<IResult> ChangeAsync(HttpContext http, string id, string reason, Func<OrganizationState, Agent, ControlPlan> plan)
    {
        if (reason.Length is 0 or > 500)
            return Problem.Of(ApiError.Malformed, "The reason has 1 to 500 characters.").ToResult();
        if (http.FindAgent(id, time) is not { } known)
            return AgentLookup.NoSuchAgent();
        var caller = http.Person();
        var outcome = await controls.TakeAsync(caller.Organization.Id, caller.Person.Id, caller.Presence, state => plan(state!, state!.Agents[known.Id]), http.RequestAborted);
        return outcome.Error() ?? Results.Json(new AgentAnswer(AgentView.Of(registry.Current.Organizations[caller.Organization.Id].Agents[known.Id], caller, time.GetUtcNow())), StrictJson.Options);
    }

    private static InvokeConsent? Find(Agent agent, string consent) => Guid.TryParse(consent, out var id) ? agent.Consents.GetValueOrDefault(id) : null;

    private static ControlPlan NoConsent() => ControlPlan.Refuse("The agent has no such consent.");
}
