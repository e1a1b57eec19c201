using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Writ.Crypto.Hashing;
using Writ.Crypto.Jose;
using Writ.Governance.Agents;
using Writ.Governance.Controls;
using Writ.Governance.Credentials;
using Writ.Governance.Delegation;
using Writ.Governance.Records;
using Writ.Governance.Registry;
using Writ.Identity.Delegation;

namespace Writ.Server.Api;

/// <summary><c>/v1/delegations</c>: roots of delegation chains. What holders derive from one needs nobody here; what any link allows can be withdrawn here.</summary>
internal sealed class DelegationsApi(ControlService controls, DelegationAuthority authority, TimeProvider time)
{
    public void Map(RouteGroupBuilder people)
    {
        people.MapPost("/agents/{id}/delegations", MintAsync);
        people.MapGet("/delegations", (HttpContext http) => Results.Json(ListOf(http.Person()), StrictJson.Options));
        people.MapPost("/delegations/revoke", RevokeAsync);
    }

    private async Task<IResult> MintAsync(HttpContext http, string id, DelegationBody body)
    {
        var caller = http.Person();
        if (http.FindAgent(id, time) is not { Id: var agent })
            return AgentLookup.NoSuchAgent();
        if (Read(body, out var obstacle) is not { } request)
            return Problem.Of(ApiError.Malformed, obstacle).ToResult();
        DelegationAnswer? answer = null;
        var outcome = await controls.TakeAsync(
            caller.Organization.Id, caller.Person.Id, caller.Presence,
            state =>
            {
                var (token, minted, problem) = authority.Mint(state!.Agents[agent], request);
                if (minted is null)
                    return ControlPlan.Refuse($"Not minted: {problem}.");
                answer = new DelegationAnswer(minted.Delegation, token!, minted.Hash, authority.Issuer, minted.ExpiresAt);
                return ControlPlan.Take(minted);
            },
            http.RequestAborted);
        return outcome.Error() ?? Results.Json(answer, StrictJson.Options, statusCode: StatusCodes.Status201Created);
    }

    private async Task<IResult> RevokeAsync(HttpContext http, RevokeLinkBody body)
    {
        if (!Hash256.TryParseHex(body.Hash, out var hash))
            return Problem.Of(ApiError.Malformed, "The hash of a token is 64 hexadecimal digits.").ToResult();
        if (body.Reason.Length is 0 or > 500)
            return Problem.Of(ApiError.Malformed, "The reason has 1 to 500 characters.").ToResult();
        var caller = http.Person();
        var outcome = await controls.TakeAsync(
            caller.Organization.Id, caller.Person.Id, caller.Presence, _ => ControlPlan.Take(new DelegationRevoked(hash.ToHex(), body.Reason)), http.RequestAborted);
        return outcome.Error() ?? Results.NoContent();
    }

    /// <summary>Those of the agents that the person may know of.</summary>
    private DelegationList ListOf(Caller.PersonCaller caller)
    {
        var (state, now) = (caller.Organization, time.GetUtcNow());
        return new DelegationList([.. state.Delegations.Values.Where(known => known.ExpiresAt > now && state.FindFor(caller.Person, known.Agent, now) is not null).OrderBy(known => known.Id).Select(known => new DelegationView(
            known.Id, known.Agent, known.Principal, known.Hash, known.ExpiresAt, Hash256.TryParseHex(known.Hash, out var hash) && state.RevokedLinks.ContainsKey(hash)))]);
    }

    private static MintRequest? Read(DelegationBody body, out string obstacle)
    {
        if (!JsonWebKey.TryParse(body.Key, out var key, out var fault))
        {
            obstacle = $"The key is a public JWK, Ed25519 or P-256: {fault}.";
            return null;
        }

        if (DelegatedTools.TryReadTools(body.Tools, out var tools) is var problem && problem != DelegationFault.None)
        {
            obstacle = $"The tools are an object from server/tool to constraints by argument: {problem}.";
            return null;
        }

        if (body.Seconds is < 0 or > 100_000_000 || body.SpendNanoUsd < 0 || body.SpendPerCallNanoUsd < 0 || body.Calls < 0
            || (body.SpendPerCallNanoUsd is not null && body.SpendNanoUsd is null))
        {
            obstacle = "Limits are not negative, and what one call may cost goes with what all may.";
            return null;
        }

        obstacle = "";
        return new MintRequest
        {
            Holder = key,
            Tools = tools!,
            Life = TimeSpan.FromSeconds(body.Seconds),
            MaxDepth = body.MaxDepth,
            Spend = body.SpendNanoUsd is { } max ? new SpendLimit("USD", max, body.SpendPerCallNanoUsd) : null,
            Calls = body.Calls,
            DataClasses = body.DataClasses ?? default,
            Purpose = body.Purpose,
        };
    }
}
