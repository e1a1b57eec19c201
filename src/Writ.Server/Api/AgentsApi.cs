using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Writ.Governance.Agents;
using Writ.Governance.Controls;
using Writ.Governance.Credentials;
using Writ.Governance.Organizations;
using Writ.Governance.People;
using Writ.Governance.Records;
using Writ.Governance.Registry;
using Writ.Governance.Tools;
using Writ.Identity.Tokens;

namespace Writ.Server.Api;

/// <summary><c>/v1/agents</c>: the registry of agents, for people.</summary>
internal sealed class AgentsApi(ControlService controls, RegistryHolder registry, CredentialIssuer keys, IServerConnections connections, TimeProvider time)
{
    public void Map(RouteGroupBuilder people)
    {
        people.MapPost("/agents", RegisterAsync).WithMetadata(BodyLimit.Lists);
        people.MapGet("/agents", (HttpContext http) =>
            Results.Json(new AgentList([.. Found(http).OrderBy(a => a.Name, StringComparer.Ordinal).Select(agent => AgentView.Of(agent, http.Person(), time.GetUtcNow()))]), StrictJson.Options));
        people.MapGet("/agents/{id}", (HttpContext http, string id) => http.FindAgent(id, time) is { } agent
            ? Results.Json(new AgentAnswer(AgentView.Of(agent, http.Person(), time.GetUtcNow())), StrictJson.Options)
            : AgentLookup.NoSuchAgent());
        people.MapPost("/agents/{id}/suspend", (HttpContext http, string id, StopBody body) => MoveAsync(http, id, AgentLifecycle.Suspended, body.Reason, body.Cause));
        people.MapPost("/agents/{id}/activate", (HttpContext http, string id, ReasonBody body) => MoveAsync(http, id, AgentLifecycle.Active, body.Reason));
        people.MapPost("/agents/{id}/retire", (HttpContext http, string id, ReasonBody body) => MoveAsync(http, id, AgentLifecycle.Retired, body.Reason));
        people.MapPut("/agents/{id}/grants", GrantAsync).WithMetadata(BodyLimit.Lists);
        people.MapPost("/agents/{id}/keys", IssueKeyAsync);
        people.MapDelete("/agents/{id}/keys/{keyId}", RevokeKeyAsync);
    }

    private async Task<IResult> RegisterAsync(HttpContext http, AgentBody body)
    {
        var caller = http.Person();
        if (AgentDescription.Read(body, caller, time, out var obstacle) is not { } agent)
            return Problem.Of(ApiError.Malformed, obstacle).ToResult();

        var key = keys.Issue(TokenKind.AgentKey);
        var outcome = await controls.TakeAsync(
            caller.Organization.Id, caller.Person.Id, caller.Presence,
            state => state!.HasAgentNamed(agent.Name)
                ? ControlPlan.Refuse($"There is an agent named '{agent.Name}' already, or there was: a name is never used again.", new AgentRegistered(agent))
                : ControlPlan.Take(
                    new AgentRegistered(agent),
                    new AgentKeyIssued(agent.Id, key.KeyId, key.SecretHash, key.ExpiresAt)),
            http.RequestAborted);
        return outcome.Error() ?? Results.Json(
            new AgentAnswer(AgentView.Of(agent, caller, time.GetUtcNow()), key.Token, key.KeyId, key.ExpiresAt), StrictJson.Options, statusCode: 201);
    }

    private async Task<IResult> MoveAsync(HttpContext http, string id, AgentLifecycle to, string reason, SuspensionCause? cause = null)
    {
        if (reason.Length is 0 or > 500)
            return Problem.Of(ApiError.Malformed, "The reason has 1 to 500 characters.").ToResult();
        if (cause is SuspensionCause.Orphaned or SuspensionCause.OverdueReview)
            return Problem.Of(ApiError.Malformed, "cause: manual, kill or quarantine; the others are Writ's own.").ToResult();
        var answer = await ChangeAsync(http, id, agent => agent.Lifecycle == AgentLifecycle.Retired
            ? ControlPlan.Refuse("The agent is retired, for good.")
            : ControlPlan.Take(new AgentLifecycleChanged(agent.Id, to, reason, cause)));
        if (http.FindAgent(id, time) is { } known && registry.Current.Organizations[known.Organization].Agents[known.Id] is { Lifecycle: not AgentLifecycle.Active } stopped)
            await connections.CloseAsync(stopped.Organization, stopped.Id);
        return answer;
    }

    private async Task<IResult> GrantAsync(HttpContext http, string id, GrantsBody body) =>
        AgentDescription.ReadGrants(body.Grants, out var grants) is { } obstacle
            ? Problem.Of(ApiError.Malformed, obstacle).ToResult()
            : await ChangeAsync(http, id, agent => ControlPlan.Take(new AgentGrantsChanged(agent.Id, grants)));

    private async Task<IResult> IssueKeyAsync(HttpContext http, string id, KeyBody? body)
    {
        if (http.FindAgent(id, time) is not { } known)
            return AgentLookup.NoSuchAgent();
        if (AgentKey.ReadSources(body?.Sources ?? []) is null)
            return Problem.Of(ApiError.Malformed, $"sources: at most {AgentKey.MaxSources} networks such as 10.0.0.0/8 or 2001:db8::/32").ToResult();
        var key = keys.Issue(TokenKind.AgentKey);
        var caller = http.Person();
        var outcome = await controls.TakeAsync(
            caller.Organization.Id, caller.Person.Id, caller.Presence,
            state => state!.Agents[known.Id] is not { Lifecycle: not AgentLifecycle.Retired } agent ? ControlPlan.Refuse("The agent is retired, for good.")
                : body?.Predecessor is { } old && !(state.AgentKeys.TryGetValue(old, out var before) && before.Agent == agent.Id && !before.Revoked)
                ? ControlPlan.Refuse("There is no such key of this agent that another could follow.")
                : ControlPlan.Take(new AgentKeyIssued(agent.Id, key.KeyId, key.SecretHash, key.ExpiresAt, body?.Predecessor, body is { Sources.Length: > 0 } ? body.Sources : null)),
            http.RequestAborted);
        return outcome.Error() ?? Results.Json(new KeyAnswer(key.Token, key.KeyId, key.ExpiresAt), StrictJson.Options, statusCode: 201);
    }

    private async Task<IResult> RevokeKeyAsync(HttpContext http, string id, string keyId)
    {
        if (http.FindAgent(id, time) is not { } known)
            return AgentLookup.NoSuchAgent();
        var caller = http.Person();
        var outcome = await controls.TakeAsync(
            caller.Organization.Id, caller.Person.Id, caller.Presence,
            state => state!.AgentKeys.TryGetValue(keyId, out var key) && key.Agent == known.Id
                ? ControlPlan.Take(new AgentKeyRevoked(known.Id, keyId, "revoked by a person"))
                : ControlPlan.Refuse("There is no such key of this agent."),
            http.RequestAborted);
        if (outcome is ControlOutcome.Done or ControlOutcome.InForceUnrecorded)
            await connections.CloseAsync(caller.Organization.Id, known.Id);
        return outcome.Error() ?? Results.NoContent();
    }

    private async Task<IResult> ChangeAsync(HttpContext http, string id, Func<Agent, ControlPlan> plan)
    {
        if (http.FindAgent(id, time) is not { } known)
            return AgentLookup.NoSuchAgent();
        var caller = http.Person();
        var outcome = await controls.TakeAsync(caller.Organization.Id, caller.Person.Id, caller.Presence, state => plan(state!.Agents[known.Id]), http.RequestAborted);
        return outcome.Error() ?? Results.Json(
            new AgentAnswer(AgentView.Of(registry.Current.Organizations[caller.Organization.Id].Agents[known.Id], caller, time.GetUtcNow())), StrictJson.Options);
    }

    private IEnumerable<Agent> Found(HttpContext http)
    {
        var (caller, now) = (http.Person(), time.GetUtcNow());
        return caller.Organization.Agents.Values.Where(agent => caller.Organization.MayFind(caller.Person, agent, now));
    }
}
