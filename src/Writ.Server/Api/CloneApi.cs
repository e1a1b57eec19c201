using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Writ.Governance.Agents;
using Writ.Governance.Controls;
using Writ.Governance.Enrolments;
using Writ.Governance.Records;
using Writ.Governance.Registry;

namespace Writ.Server.Api;

/// <summary>
/// <c>POST /v1/agents/{id}/clone</c>: a draft of one's own of what an agent is made of and good for. No grant, no key, no consent, no ceiling, no
/// score and no approval comes along, and none of the rights it runs with.
/// </summary>
internal sealed class CloneApi(ControlService controls, RegistryHolder registry, TimeProvider time)
{
    public void Map(RouteGroupBuilder people) => people.MapPost("/agents/{id}/clone", CloneAsync);

    private async Task<IResult> CloneAsync(HttpContext http, string id, CloneBody body)
    {
        if (http.FindAgent(id, time) is not { } source)
            return AgentLookup.NoSuchAgent();
        var caller = http.Person();
        if (AgentDescription.Read(new AgentBody { Name = body.Name, Environment = body.Environment, Team = body.Team, Activate = false }, caller, time, out var obstacle) is not { } made)
            return Problem.Of(ApiError.Malformed, obstacle).ToResult();
        var outcome = await controls.TakeAsync(
            caller.Organization.Id, caller.Person.Id, caller.Presence,
            state =>
            {
                var now = state!.Agents[source.Id];
                var drafted = new AgentDrafted(
                    made with { Name = state.FreeName(made), Model = now.Model, Domain = now.Domain, Risk = Math.Max(now.Risk, made.Risk) }, AgentSource.Clone, source.Id.ToString());
                // Whoever may not copy it is refused for that, before anything is said of names; and a name is said to be taken only where its agent may be known.
                return !AgentRights.MayClone(caller.Person, now, time.GetUtcNow()) ? ControlPlan.Take(drafted)
                    : now.Lifecycle == AgentLifecycle.Retired ? ControlPlan.Refuse("The agent is retired, for good.", drafted)
                    : state.AgentsByName.TryGetValue(made.Name, out var taken) && state.FindFor(caller.Person, taken, time.GetUtcNow()) is not null ? ControlPlan.Refuse($"There is an agent named '{made.Name}' already, or there was: a name is never used again.", drafted)
                    : ControlPlan.Take(drafted);
            },
            http.RequestAborted);
        return outcome.Error() ?? Results.Json(new AgentAnswer(AgentView.Of(registry.Current.Organizations[caller.Organization.Id].Agents[made.Id], caller, time.GetUtcNow())), StrictJson.Options, statusCode: 201);
    }
}
