using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Writ.Governance.Agents;
using Writ.Governance.Controls;
using Writ.Governance.Credentials;
using Writ.Governance.OAuth;
using Writ.Governance.People;
using Writ.Governance.Records;
using Writ.Governance.Registry;
using Writ.Governance.Tools;
using Writ.Governance.TrustDomains;
using Writ.Identity.Dids;
using Writ.Identity.Spiffe;

namespace Writ.Server.Api;

/// <summary><c>/v1/agents/{id}/credentials</c>: key pairs, OAuth clients, SPIFFE ids and DIDs that agents prove themselves by.</summary>
internal sealed class CredentialsApi(ControlService controls, RegistryHolder registry, TrustDomainNames names, IDidDocuments documents, IServerConnections connections, TimeProvider time)
{
    private const int MaxSignature = 1024;

    public void Map(RouteGroupBuilder people)
    {
        people.MapGet("/agents/{id}/credentials", (HttpContext http, string id) => http.FindAgent(id, time) is { } agent ? List(http, agent, 200) : AgentLookup.NoSuchAgent());
        people.MapPost("/agents/{id}/credentials", RegisterAsync);
        people.MapPost("/agents/{id}/credentials/{credential}/rotate", RotateAsync);
        people.MapPost("/agents/{id}/credentials/{credential}/revoke", RevokeAsync);
    }

    private async Task<IResult> RegisterAsync(HttpContext http, string id, CredentialBody body)
    {
        if (http.FindAgent(id, time) is not { } agent)
            return AgentLookup.NoSuchAgent();
        if (body.Days < 1 || body.Days > AgentCredentials.MaxLife.Days)
            return Malformed($"days: 1 to {AgentCredentials.MaxLife.Days}");
        var isDid = body.Kind is CredentialKind.DidKey or CredentialKind.DidWeb;
        if ((body.Kind == CredentialKind.KeyPair) != (body.Request is not null) || (body.Kind == CredentialKind.SpiffeId) != (body.SpiffeId is not null)
            || (body.Kind == CredentialKind.OAuthClient) != (body.Jwks is not null) || isDid != (body.Did is not null) || (isDid && body.Possession is null))
            return Malformed("a key-pair has a request, a spiffe-id has a spiffe_id, an oauth-client has jwks, a did-key or did-web has a did and a possession");
        if (body.Possession?.Length > MaxSignature || body.Proof?.Length > MaxSignature)
            return Malformed($"possession, proof: at most {MaxSignature} characters");
        if (body.AllowedAddresses is { } addresses && (body.Kind != CredentialKind.DidWeb ? "allowed_addresses: only a did-web has a host" : DidCredentials.AddressObstacle(addresses)) is { } unfit)
            return Malformed(unfit);
        if (!TryReadKey(body.Request, body.Jwks, out var @public, out var unreadable))
            return Malformed(unreadable);
        @public ??= body.SpiffeId ?? body.Did;
        if (body.SpiffeId is { } named && SpiffeId.TryParse(named, out var foreign, out _) && names.IsOurs(foreign.TrustDomain.ToString()))
            return Malformed($"spiffe_id: {foreign.TrustDomain} is a domain of this installation, whose ids are not given away");
        var caller = http.Person();
        var (keys, unusable) = body.Kind == CredentialKind.DidWeb ? await KeysOfAsync(caller, body.Did!, body.AllowedAddresses ?? [], http.RequestAborted) : (null, null);
        if (unusable is not null)
            return unusable;
        var outcome = await controls.TakeAsync(
            caller.Organization.Id, caller.Person.Id, caller.Presence,
            state =>
            {
                var now = time.GetUtcNow();
                var registered = new AgentCredentialRegistered(
                    agent.Id, Guid.CreateVersion7(now).ToString("N"), body.Kind, @public!, now + TimeSpan.FromDays(body.Days), body.Predecessor, body.Proof, keys, body.Possession, body.AllowedAddresses);
                return CredentialRules.Obstacle(state!, registered, now) is { } obstacle ? ControlPlan.Refuse(obstacle) : ControlPlan.Take(registered);
            },
            http.RequestAborted);
        return outcome.Error() ?? List(http, agent, 201);
    }

    /// <summary>
    /// Lets another key follow: by the old key's word and that of a person of platform, and the old one works for a while; or, after a compromise, by
    /// security alone, and the old one is dead before the answer.
    /// </summary>
    private async Task<IResult> RotateAsync(HttpContext http, string id, string credential, RotationBody body)
    {
        if (http.FindAgent(id, time) is not { } agent)
            return AgentLookup.NoSuchAgent();
        if (body.Days < 1 || body.Days > AgentCredentials.MaxLife.Days)
            return Malformed($"days: 1 to {AgentCredentials.MaxLife.Days}");
        if ((body.Compromised is null) == (body.Proof is null) || body.Compromised is { Length: 0 or > 500 })
            return Malformed("proof: the old key's signature; or compromised: why it counts no more, in 1 to 500 characters");
        if (body.Possession?.Length > MaxSignature || body.Proof?.Length > MaxSignature)
            return Malformed($"possession, proof: at most {MaxSignature} characters");
        if ((body.Request is null) == (body.Jwks is null))
            return Malformed("the new key: request for a key-pair, jwks for an oauth-client");
        if (!TryReadKey(body.Request, body.Jwks, out var @public, out var unreadable))
            return Malformed(unreadable);
        var (caller, kind) = (http.Person(), body.Request is null ? CredentialKind.OAuthClient : CredentialKind.KeyPair);
        var outcome = await controls.TakeAsync(
            caller.Organization.Id, caller.Person.Id, caller.Presence,
            state =>
            {
                if (state!.AgentCredentials.Find(credential) is not { } old || old.Agent != agent.Id || old.Kind != kind)
                    return ControlPlan.Refuse("There is no such credential of this agent, or its key is of another kind.");
                var now = time.GetUtcNow();
                var next = new AgentCredentialRegistered(
                    agent.Id, Guid.CreateVersion7(now).ToString("N"), kind, @public!, now + TimeSpan.FromDays(body.Days), credential, body.Proof, Possession: body.Possession);
                var after = body.Compromised is null ? state : state with { AgentCredentials = state.AgentCredentials.With(old with { Revoked = true }) };
                return CredentialRules.Obstacle(after, next, now) is { } obstacle ? ControlPlan.Refuse(obstacle)
                    : body.Compromised is { } reason ? ControlPlan.Take(new AgentCredentialRevoked(agent.Id, credential, reason), next)
                    : ControlPlan.Take(next);
            },
            http.RequestAborted);
        if (body.Compromised is not null && outcome is ControlOutcome.Done or ControlOutcome.InForceUnrecorded)
            await connections.CloseAsync(caller.Organization.Id, agent.Id);
        return outcome.Error() ?? List(http, agent, 201);
    }

    /// <summary>The public key of a request or of a set, as it is recorded; null where there is neither.</summary>
    private static bool TryReadKey(string? request, JsonElement? keys, out string? @public, out string unreadable)
    {
        (@public, unreadable) = (null, "");
        if (request is not null)
        {
            if (!SvidRequest.TryRead(request, out var read, out var obstacle))
            {
                unreadable = $"request: {obstacle}";
                return false;
            }

            @public = Convert.ToBase64String(read.Key.ExportSubjectPublicKeyInfo());
        }

        if (keys is { } set && !OAuthClientKey.TryReadSet(set.GetRawText(), out @public, out var wrong))
        {
            unreadable = $"jwks: {wrong}";
            return false;
        }

        return true;
    }

    /// <summary>The keys that a document has now. Only who may register anything has Writ fetch one.</summary>
    private async Task<(ImmutableArray<string>? Keys, IResult? Unusable)> KeysOfAsync(Caller.PersonCaller caller, string text, ImmutableArray<string> addresses, CancellationToken cancellation)
    {
        if (!caller.Person.Has(PersonCapability.Platform) && !caller.Person.Has(PersonCapability.Security))
            return (null, Problem.Of(ApiError.NotAllowed, "It takes the capability platform, or security where no key of before signs.").ToResult());
        if (!Did.TryParse(text, out var did, out var fault) || did.Method != DidMethod.Web)
            return (null, Malformed($"did: a did:web in its one form ({fault})"));
        var (document, obstacle) = await documents.FetchAsync(did, addresses, cancellation);
        if (document is null)
            return (null, Problem.Of(ApiError.DidUnusable, obstacle).ToResult());
        var keys = DidCredentials.KeysOf(document);
        return keys.IsEmpty ? (null, Problem.Of(ApiError.DidUnusable, $"the document has more than {DidCredentials.MaxKeys} keys for authentication").ToResult()) : (keys, null);
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
