using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Writ.Governance.Agents;
using Writ.Governance.Controls;
using Writ.Governance.Records;
using Writ.Governance.Registry;

namespace Writ.Server.Api;

/// <summary><c>/v1/agents/{id}/card</c>: what an agent is good for, as its owners say it, and as an A2A card.</summary>
internal sealed class CardsApi(ControlService controls, RegistryHolder registry, TimeProvider time)
{
    public void Map(RouteGroupBuilder people)
    {
        people.MapGet("/agents/{id}/card", (HttpContext http, string id) => http.FindAgent(id, time) switch
        {
            null => AgentLookup.NoSuchAgent(),
            { Card: { Interfaces.IsEmpty: false } card } agent => Results.Json(A2ACard.Of(agent, card), StrictJson.Options),
            _ => Problem.Of(ApiError.Invalid, "Nobody said what the agent is good for and where it is spoken to, and a card without that is none: PUT it.").ToResult(),
        });
        people.MapPost("/agents/import-card", ImportAsync).WithMetadata(BodyLimit.Lists);
        people.MapPut("/agents/{id}/card", DescribeAsync).WithMetadata(BodyLimit.Lists);
    }

    private async Task<IResult> ImportAsync(HttpContext http, CardImportBody body)
    {
        var caller = http.Person();
        if (ForeignCard.Read(body.Card, out var obstacle) is not { } card)
            return Problem.Of(ApiError.Malformed, obstacle).ToResult();
        var described = new AgentBody { Name = body.Name ?? card.Name, Environment = body.Environment, Team = body.Team, Owner = body.Owner, Activate = false };
        if (AgentDescription.Read(described, caller, time, out obstacle) is not { } agent)
            return Problem.Of(ApiError.Malformed, obstacle).ToResult();
        var drafted = new AgentDrafted(agent, AgentSource.Card, card.Digest) { Claims = card.Claims };
        var outcome = await controls.TakeAsync(
            caller.Organization.Id, caller.Person.Id, caller.Presence,
            state => state!.HasAgentNamed(agent.Name) ? ControlPlan.Refuse($"There is an agent named '{agent.Name}' already, or there was: a name is never used again.", drafted)
                : ControlPlan.Take(drafted, new AgentCardDescribed(agent.Id, card.Card)),
            http.RequestAborted);
        return outcome.Error() ?? Results.Json(new AgentAnswer(AgentView.Of(registry.Current.Organizations[caller.Organization.Id].Agents[agent.Id], caller, time.GetUtcNow())), StrictJson.Options, statusCode: 201);
    }

    private async Task<IResult> DescribeAsync(HttpContext http, string id, CardBody body)
    {
        if (http.FindAgent(id, time) is not { } agent)
            return AgentLookup.NoSuchAgent();
        if (body.Read(out var obstacle) is not { } card)
            return Problem.Of(ApiError.Malformed, obstacle).ToResult();
        var caller = http.Person();
        var described = new AgentCardDescribed(agent.Id, card);
        var outcome = await controls.TakeAsync(
            caller.Organization.Id, caller.Person.Id, caller.Presence,
            state => state!.Agents[agent.Id].Lifecycle == AgentLifecycle.Retired ? ControlPlan.Refuse("The agent is retired, for good.", described) : ControlPlan.Take(described), http.RequestAborted);
        return outcome.Error() ?? Results.Json(new AgentAnswer(AgentView.Of(registry.Current.Organizations[caller.Organization.Id].Agents[agent.Id], caller, time.GetUtcNow())), StrictJson.Options);
    }
}
