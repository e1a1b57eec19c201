using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Writ.Governance.Agents;
using Writ.Governance.Controls;
using Writ.Governance.People;
using Writ.Governance.Records;
using Writ.Governance.Registry;

namespace Writ.Server.Api;

/// <summary>Who answers for an agent, and how much one of its tasks may use. The agent itself stays the same.</summary>
internal sealed class OwnershipApi(ControlService controls, RegistryHolder registry, TimeProvider time)
{
    public void Map(RouteGroupBuilder people)
    {
        people.MapPost("/agents/{id}/transfer", (HttpContext http, string id, TransferBody body) => ChangeAsync(http, id, body.Reason, (state, agent) =>
            Named(state, body.To) is not { } to ? ControlPlan.Refuse("to: not a person of this organization")
            : to == agent.Owner ? ControlPlan.Refuse($"{to} owns the agent already.")
            : ControlPlan.Take(new AgentTransferProposed(agent.Id, to, body.Reason))));
        people.MapPost("/agents/{id}/transfer/accept", (HttpContext http, string id) => ChangeAsync(http, id, "accepted", (_, agent) =>
            ControlPlan.Take(new AgentTransferAccepted(agent.Id))));
        people.MapPost("/agents/{id}/transfer/decline", (HttpContext http, string id, ReasonBody body) => ChangeAsync(http, id, body.Reason, (_, agent) => agent.Offer is null
            ? ControlPlan.Refuse("Nobody is asked to answer for this agent.")
            : ControlPlan.Take(new AgentTransferEnded(agent.Id, body.Reason))));
        people.MapPut("/agents/{id}/backup-owner", (HttpContext http, string id, BackupOwnerBody body) => ChangeAsync(http, id, body.Reason, (state, agent) =>
            body.BackupOwner is null ? ControlPlan.Take(new AgentBackupOwnerChanged(agent.Id, body.Reason))
            : Named(state, body.BackupOwner) is { } backup && backup != agent.Owner ? ControlPlan.Take(new AgentBackupOwnerChanged(agent.Id, body.Reason, backup))
            : ControlPlan.Refuse("backup_owner: not another person of this organization")));
        people.MapPut("/agents/{id}/ceiling", (HttpContext http, string id, CeilingBody body) => ChangeAsync(http, id, body.Reason, (_, agent) =>
            new TaskCeiling(body.Calls, body.NanoUsd) is { Problem: null } ceiling
                ? ControlPlan.Take(new AgentCeilingChanged(agent.Id, ceiling, body.Reason))
                : ControlPlan.Refuse(new TaskCeiling(body.Calls, body.NanoUsd).Problem!)));
    }

    private async Task<IResult> ChangeAsync(HttpContext http, string id, string reason, Func<OrganizationState, Agent, ControlPlan> plan)
    {
        if (reason.Length is 0 or > 500)
            return Problem.Of(ApiError.Malformed, "The reason has 1 to 500 characters.").ToResult();
        var caller = http.Person();
        if (http.FindAgent(id, time) is not { Id: var parsed })
            return AgentLookup.NoSuchAgent();
        var outcome = await controls.TakeAsync(
            caller.Organization.Id, caller.Person.Id, caller.Presence,
            state => state!.Agents[parsed] is { Lifecycle: not AgentLifecycle.Retired } agent ? plan(state, agent) : ControlPlan.Refuse("The agent is retired, for good."),
            http.RequestAborted);
        return outcome.Error() ?? Results.Json(new AgentAnswer(AgentView.Of(registry.Current.Organizations[caller.Organization.Id].Agents[parsed], caller, time.GetUtcNow())), StrictJson.Options);
    }

    private static PersonId? Named(OrganizationState state, string name) => PersonId.TryParse(name, null, out var person) && state.IsLive(person) ? person : null;
}
