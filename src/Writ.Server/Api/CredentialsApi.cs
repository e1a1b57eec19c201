using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Writ.Governance.Agents;
using Writ.Governance.Controls;
using Writ.Governance.Credentials;
using Writ.Governance.OAuth;
using Writ.Governance.Records;
using Writ.Governance.Registry;
using Writ.Governance.Tools;
using Writ.Governance.TrustDomains;
using Writ.Identity.Spiffe;

namespace Writ.Server.Api;

/// <summary><c>/v1/agents/{id}/credentials</c>: key pairs, OAuth clients and SPIFFE ids that agents prove themselves by.</summary>
internal sealed class CredentialsApi(ControlService controls, RegistryHolder registry, TrustDomainNames names, IServerConnections connections, TimeProvider time)
{
    public void Map(RouteGroupBuilder people)
    {
        people.MapGet("/agents/{id}/credentials", (HttpContext http, string id) => http.FindAgent(id, time) is { } agent ? List(http, agent, 200) : AgentLookup.NoSuchAgent());
        people.MapPost("/agents/{id}/credentials", RegisterAsync);
        people.MapPost("/agents/{id}/credentials/{credential}/revoke", RevokeAsync);
    }

    private async Task<IResult> RegisterAsync(HttpContext http, string id, CredentialBody body)
    {
        if (http.FindAgent(id, time) is not { } agent)
            return AgentLookup.NoSuchAgent();
        if (body.Days < 1 || body.Days > AgentCredentials.MaxLife.Days)
            return Malformed($"days: 1 to {AgentCredentials.MaxLife.Days}");
        if ((body.Kind == CredentialKind.KeyPair) != (body.Request is not null) || (body.Kind == CredentialKind.SpiffeId) != (body.SpiffeId is not null)
            || (body.Kind == CredentialKind.OAuthClient) != (body.Jwks is not null))
            return Malformed("a key-pair has a request, a spiffe-id has a spiffe_id, an oauth-client has jwks");
        var @public = body.SpiffeId;
        if (body.Request is not null)
        {
            if (!SvidRequest.TryRead(body.Request, out var request, out var obstacle))
                return Malformed($"request: {obstacle}");
            @public = Convert.ToBase64String(request.Key.ExportSubjectPublicKeyInfo());
        }

        if (body.Jwks is { } keys)
        {
            if (!OAuthClientKey.TryReadSet(keys.GetRawText(), out @public, out var obstacle))
                return Malformed($"jwks: {obstacle}");
        }

        if (body.SpiffeId is { } named && SpiffeId.TryParse(named, out var foreign, out _) && names.IsOurs(foreign.TrustDomain.ToString()))
            return Malformed($"spiffe_id: {foreign.TrustDomain} is a domain of this installation, whose ids are not given away");
        var caller = http.Person();
        var outcome = await controls.TakeAsync(
            caller.Organization.Id, caller.Person.Id, caller.Presence,
            state =>
            {
                var now = time.GetUtcNow();
                var registered = new AgentCredentialRegistered(
                    agent.Id, Guid.CreateVersion7(now).ToString("N"), body.Kind, @public!, now + TimeSpan.FromDays(body.Days), body.Predecessor, body.Proof, body.Possession);
                return CredentialRules.Obstacle(state!, registered, now) is { } obstacle ? ControlPlan.Refuse(obstacle) : ControlPlan.Take(registered);
            },
            http.RequestAborted);
        return outcome.Error() ?? List(http, agent, 201);
    }

    private async Task<IResult> RevokeAsync(HttpContext http, string id, string credential, ReasonBody body)
    {
        if (body.Reason.Length is 0 or > 500)
            return Malformed("reason: 1 to 500 characters");
        if (http.FindAgent(id, time) is not { } agent)
            return AgentLookup.NoSuchAgent();
        var caller = http.Person();
        var outcome = await controls.TakeAsync(
            caller.Organization.Id, caller.Person.Id, caller.Presence,
            state => state!.AgentCredentials.Find(credential) is { } known && known.Agent == agent.Id
                ? ControlPlan.Take(new AgentCredentialRevoked(agent.Id, credential, body.Reason))
                : ControlPlan.Refuse("There is no such credential of this agent."),
            http.RequestAborted);
        if (outcome is ControlOutcome.Done or ControlOutcome.InForceUnrecorded)
            await connections.CloseAsync(caller.Organization.Id, agent.Id);
        return outcome.Error() ?? List(http, agent, 200);
    }

    private IResult List(HttpContext http, Agent agent, int status)
    {
        var (organization, now) = (registry.Current.Organizations[http.Person().Organization.Id], time.GetUtcNow());
        return Results.Json(
            new CredentialList(
            [
                .. organization.AgentCredentials.ById.Values.Where(one => one.Agent == agent.Id).OrderByDescending(one => one.CreatedAt)
                    .Select(one => CredentialView.Of(one, names.Of(organization.Id), now)),
            ]),
            StrictJson.Options, statusCode: status);
    }

    private static IResult Malformed(string detail) => Problem.Of(ApiError.Malformed, detail).ToResult();
}
