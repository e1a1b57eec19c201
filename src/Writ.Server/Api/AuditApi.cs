using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Writ.Governance.Agents;
using Writ.Governance.Auditing;
using Writ.Governance.Controls;
using Writ.Governance.Records;
using Writ.Governance.Registry;
using Writ.Server.Installation;

namespace Writ.Server.Api;

/// <summary>
/// <c>/v1/agents/{id}/audit</c>: what an agent holds against what it used, of the records that the caller reads; and
/// <c>/v1/agents/{id}/grants/stage</c>, which takes away what it does not need in a way that takes itself back.
/// </summary>
internal sealed class AuditApi(ControlService controls, RegistryHolder registry, RecordIndexes indexes, ResourceNames resources, TimeProvider time)
{
    public void Map(RouteGroupBuilder people)
    {
        people.MapGet("/agents/{id}/audit", Audit);
        people.MapPost("/agents/{id}/grants/stage", (HttpContext http, string id, StageBody body) =>
            ReadGrants(body.Keep, out var keep) is { } wrong ? Task.FromResult(wrong) : ChangeAsync(http, id, body.Reason, agent =>
                GrantStaging.Plan(agent, keep, body.Reason, time.GetUtcNow(), out var obstacle) is { } staged ? ControlPlan.Take(staged) : ControlPlan.Refuse(obstacle)));
        people.MapPost("/agents/{id}/grants/restore", (HttpContext http, string id, RestoreBody body) =>
            ReadGrants([body.Grant], out var named) is { } wrong ? Task.FromResult(wrong) : ChangeAsync(http, id, body.Reason, agent =>
                agent.Granted.GetValueOrDefault(named[0])?.LeavesAt is not { } leaves ? ControlPlan.Refuse($"{named[0]} is not being taken away.")
                : leaves <= time.GetUtcNow() ? ControlPlan.Refuse($"{named[0]} is gone since {leaves:u}: grant it anew.")
                : ControlPlan.Take(new AgentGrantRestored(agent.Id, named[0], body.Reason))));
    }

    private IResult Audit(HttpContext http, string id)
    {
        if (http.FindAgent(id, time) is not { } agent)
            return AgentLookup.NoSuchAgent();
        var (caller, scope) = (http.Person(), http.Reads(time));
        if (!scope.Covers(agent.Id))
            return Problem.Of(ApiError.NotAllowed, "What an agent used is for those who read its records: its owners, its team, platform, security and compliance.").ToResult();
        var names = new RegistryNames(caller.Organization, resources, caller.Person, time.GetUtcNow());
        return PermissionAuditor.Make(caller.Organization, agent, indexes.Of(caller.Organization.Id), scope, names, time.GetUtcNow(), out var refused) is { } audit
            ? Results.Json(AuditAnswer.Of(audit), StrictJson.Options)
            : RecordsApi.Refuse(http, refused!);
    }

    private static IResult? ReadGrants(ImmutableArray<string> texts, out ImmutableArray<Grant> grants) =>
        AgentDescription.ReadGrants(texts, out grants) is { } obstacle ? Problem.Of(ApiError.Malformed, obstacle).ToResult() : null;

    private async Task<IResult> ChangeAsync(HttpContext http, string id, string reason, Func<Agent, ControlPlan> change)
    {
        if (reason.Length is 0 or > 500)
            return Problem.Of(ApiError.Malformed, "reason: 1 to 500 characters").ToResult();
        if (http.FindAgent(id, time) is not { Id: var agent })
            return AgentLookup.NoSuchAgent();
        var caller = http.Person();
        var outcome = await controls.TakeAsync(
            caller.Organization.Id, caller.Person.Id, caller.Presence,
            state => state!.Agents[agent].Lifecycle == AgentLifecycle.Retired ? ControlPlan.Refuse("The agent is retired, for good.") : change(state.Agents[agent]), http.RequestAborted);
        return outcome.Error() ?? Results.Json(new AgentAnswer(AgentView.Of(registry.Current.Organizations[caller.Organization.Id].Agents[agent], caller, time.GetUtcNow())), StrictJson.Options);
    }
}
