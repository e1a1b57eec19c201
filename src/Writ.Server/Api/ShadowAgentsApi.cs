using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Writ.Governance.Agents;
using Writ.Governance.Controls;
using Writ.Governance.Credentials;
using Writ.Governance.People;
using Writ.Governance.Records;
using Writ.Governance.Registry;
using Writ.Governance.Shadows;

namespace Writ.Server.Api;

/// <summary><c>/v1/shadow-agents</c>: who knocks at doors and is not known, for platform and security.</summary>
internal sealed class ShadowAgentsApi(ControlService controls, RegistryHolder registry, ShadowBook shadows, TimeProvider time)
{
    public void Map(RouteGroupBuilder people)
    {
        people.MapGet("/shadow-agents", (HttpContext http, bool all = false) => List(http, all));
        people.MapPost("/shadow-agents/{id}/register", RegisterAsync);
        people.MapPost("/shadow-agents/{id}/dismiss", DismissAsync);
    }

    private IResult List(HttpContext http, bool all)
    {
        var caller = http.Person();
        if (!Sees(caller))
            return NotTheirs();
        var state = registry.Current.Organizations[caller.Organization.Id];
        var drafts = state.Agents.Values.Where(agent => agent.Origin?.Source == AgentSource.Shadow).GroupBy(agent => agent.Origin!.Reference).ToDictionary(group => group.Key, group => group.First().Id, StringComparer.Ordinal);
        var seen = shadows.Of(state.Id).Select(shadow => ShadowAgentView.Of(shadow, state, drafts)).ToImmutableArray();
        return Results.Json(new ShadowAgentList([.. seen.Where(shadow => all || !shadow.Dismissed)], all ? 0 : seen.Count(shadow => shadow.Dismissed)), StrictJson.Options);
    }

    private async Task<IResult> RegisterAsync(HttpContext http, string id, ShadowDraftBody body)
    {
        var caller = http.Person();
        if (!Sees(caller))
            return NotTheirs();
        if (shadows.Find(caller.Organization.Id, id) is not { } shadow)
            return NoSuchShadow();
        if (AgentDescription.Read(new AgentBody { Name = body.Name, Environment = body.Environment, Team = body.Team, Owner = body.Owner, Activate = false }, caller, time, out var obstacle) is not { } agent)
            return Problem.Of(ApiError.Malformed, obstacle).ToResult();
        var claims = new (string Name, string? Value)[]
        {
            ("client", shadow.Client), ("credential", shadow.Credential), ("doors", string.Join(' ', shadow.Doors)),
            ("tried", AgentLabel.Inert(string.Join(", ", shadow.Tried), AgentOrigin.MaxClaim)),
        }.Where(claim => !string.IsNullOrEmpty(claim.Value)).ToImmutableSortedDictionary(claim => claim.Name, claim => claim.Value!, StringComparer.Ordinal);
        var drafted = new AgentDrafted(agent, AgentSource.Shadow, shadow.Id) { Claims = claims };
        var outcome = await controls.TakeAsync(
            caller.Organization.Id, caller.Person.Id, caller.Presence,
            state => state!.HasAgentNamed(agent.Name) ? ControlPlan.Refuse($"There is an agent named '{agent.Name}' already, or there was: a name is never used again.", drafted)
                : ControlPlan.Take(drafted),
            http.RequestAborted);
        return outcome.Error() ?? Results.Json(new AgentAnswer(AgentView.Of(registry.Current.Organizations[caller.Organization.Id].Agents[agent.Id], caller, time.GetUtcNow())), StrictJson.Options, statusCode: 201);
    }

    private async Task<IResult> DismissAsync(HttpContext http, string id, ReasonBody body)
    {
        var caller = http.Person();
        if (!Sees(caller))
            return NotTheirs();
        if (body.Reason.Length is 0 or > 500)
            return Problem.Of(ApiError.Malformed, "reason: 1 to 500 characters").ToResult();
        if (shadows.Find(caller.Organization.Id, id) is not { } shadow)
            return NoSuchShadow();
        var outcome = await controls.TakeAsync(
            caller.Organization.Id, caller.Person.Id, caller.Presence, _ => ControlPlan.Take(new ShadowAgentDismissed(shadow.Id, body.Reason)), http.RequestAborted);
        return outcome.Error() ?? List(http, all: false);
    }

    private static bool Sees(Caller.PersonCaller caller) => caller.Person.Has(PersonCapability.Platform) || caller.Person.Has(PersonCapability.Security);

    private static IResult NotTheirs() => Problem.Of(ApiError.NotAllowed, "Who knocks at the doors is for platform and security to see.").ToResult();

    private static IResult NoSuchShadow() => Problem.Of(ApiError.NotFound, "There is no such shadow agent.").ToResult();
}
