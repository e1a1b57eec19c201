using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Writ.Crypto.Hashing;
using Writ.Governance.People;
using Writ.Governance.Records;
using Writ.Server.Api;

namespace Writ.Server.Login;

/// <summary><c>POST /v1/presence</c>: what a person's passkey has to sign for one request that is about to be sent.</summary>
internal sealed class PresenceApi(PasskeyCeremonies ceremonies)
{
    private const int MaxTarget = 2_048;

    public void Map(RouteGroupBuilder people) => people.MapPost("/presence", AskAsync);

    private async Task<IResult> AskAsync(HttpContext http, PresenceBody body)
    {
        var caller = http.Person();
        if (!caller.Organization.Passkeys.Values.Any(p => p.Person == caller.Person.Id))
            return Problem.Of(ApiError.Invalid, "You have no passkey: enrol one with a token that somebody of security, or you yourself, asks for.").ToResult();
        if (body.Method is not ("POST" or "PUT" or "DELETE") || body.Target is not ['/', ..] || body.Target.Length > MaxTarget || !Hash256.TryParseHex(body.Body, out var digest))
            return Problem.Of(ApiError.Malformed, "method: POST, PUT or DELETE; target: the path and query exactly as they will be sent; body: the SHA-256 of the body's bytes, 64 hexadecimal digits").ToResult();
        return Results.Json(await ceremonies.AskPresenceAsync(http, caller, PresenceRequest.Digest(caller.Organization.Id, caller.Person.Id, body.Method, body.Target, digest)), StrictJson.Options);
    }
}
