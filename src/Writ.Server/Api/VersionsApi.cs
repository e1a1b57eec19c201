using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Writ.Governance.Agents;
using Writ.Governance.Controls;
using Writ.Governance.Records;
using Writ.Governance.Registry;

namespace Writ.Server.Api;

/// <summary><c>/v1/agents/{id}/versions</c>: what an agent is made of. A version never changes; another is registered and deployed.</summary>
internal sealed class VersionsApi(ControlService controls, RegistryHolder registry, TimeProvider time)
{
    public void Map(RouteGroupBuilder people)
    {
        people.MapGet("/agents/{id}/versions", (HttpContext http, string id) => http.FindAgent(id, time) is { } agent
            ? Results.Json(VersionList.Of(agent), StrictJson.Options)
            : AgentLookup.NoSuchAgent());
        people.MapPost("/agents/{id}/versions", RegisterAsync);
        people.MapPost("/agents/{id}/versions/{name}/deploy", (HttpContext http, string id, string name, ReasonBody body) =>
            ChangeAsync(http, id, body.Reason, 200, (_, agent) => agent.Versions.ContainsKey(name)
                ? ControlPlan.Take(new AgentVersionDeployed(agent.Id, name, body.Reason))
                : ControlPlan.Refuse($"The agent has no version '{name}'.")));
    }

    private Task<IResult> RegisterAsync(HttpContext http, string id, VersionBody body) => ChangeAsync(http, id, body.Deploy ?? "registered", 201, (state, agent) =>
    {
        var version = Read(body, state, agent);
        return version.Problem is { } problem ? ControlPlan.Refuse(problem)
            : agent.Versions.ContainsKey(version.Name) ? ControlPlan.Refuse($"The agent has a version '{version.Name}' already, and a version never changes: choose another name.")
            : ControlPlan.Take([new AgentVersionRegistered(agent.Id, version), .. body.Deploy is { } reason ? [new AgentVersionDeployed(agent.Id, version.Name, reason)] : Array.Empty<ControlAction>()]);
    });

    private async Task<IResult> ChangeAsync(HttpContext http, string id, string reason, int status, Func<OrganizationState, Agent, ControlPlan> plan)
    {
        if (reason.Length is 0 or > 500)
            return Problem.Of(ApiError.Malformed, "A reason has 1 to 500 characters.").ToResult();
        var caller = http.Person();
        if (http.FindAgent(id, time) is not { } known)
            return AgentLookup.NoSuchAgent();
        var outcome = await controls.TakeAsync(caller.Organization.Id, caller.Person.Id, caller.Presence, state => plan(state!, state!.Agents[known.Id]), http.RequestAborted);
        return outcome.Error() ?? Results.Json(VersionList.Of(registry.Current.Organizations[caller.Organization.Id].Agents[known.Id]), StrictJson.Options, statusCode: status);
    }

    private static AgentVersion Read(VersionBody body, OrganizationState state, Agent agent) => new()
    {
        Name = body.Name,
        Provider = body.Provider,
        Model = body.Model ?? agent.Model,
        Parameters = body.Parameters,
        PromptHash = body.PromptHash,
        PromptNumber = body.PromptNumber,
        Scores = body.Scores,
        Approval = body.Approval,
        Tools = state.ServersBySlug.Values.SelectMany(server => server.Tools.Values)
            .Where(tool => tool.Definition is not null && agent.Grants.Any(grant => grant.Covers(tool.Server, tool.Name)))
            .ToImmutableSortedDictionary(tool => $"{tool.Server}/{tool.Name}", tool => tool.Definition!.Digest.ToHex(), StringComparer.Ordinal),
    };
}
