using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Writ.Gateways.Credentials;
using Writ.Gateways.Mcp;
using Writ.Gateways.Mcp.Wire;
using Writ.Governance.Admission;
using Writ.Governance.Credentials;
using Writ.Governance.Decisions;
using Writ.Governance.Shadows;

namespace Writ.Gateways.AuthZen;

/// <summary>
/// Where every request of AuthZEN comes in: registered enforcement points alone, as many as admission lets in, with a body that every
/// reader reads the same. What it refuses carries no decision. Thread safe.
/// </summary>
internal sealed class AuthZenEntrance(Authenticator authenticator, AdmissionControl admission, ShadowBook? shadows)
{
    private const int MaxRequestId = 128;

    /// <summary>Reads the body and serves it, or refuses.</summary>
    public Task ServeAsync<T>(HttpContext http, JsonTypeInfo<T> type, Func<HttpContext, Caller.EnforcementPointCaller, T, Task> serve)
        where T : class =>
        AdmitAsync(http, async caller =>
        {
            if (!http.Request.HasJsonContentType())
                await RefuseAsync(http, 415, ReasonCodes.RequestUnreadable, "The body is application/json.");
            else if (await RequestBody.ReadAsync(http, AuthZenDoor.MaxBodyBytes) is not { } body)
                await RefuseAsync(http, 413, ReasonCodes.RequestUnreadable, "The body is longer than 1 MiB.");
            else if (Read(body.Span, type, out var obstacle) is not { } request)
                await RefuseAsync(http, 400, ReasonCodes.RequestUnreadable, obstacle);
            else
                await serve(http, caller, request);
        });

    /// <summary>Serves a request without a body, or refuses.</summary>
    public async Task AdmitAsync(HttpContext http, Func<Caller.EnforcementPointCaller, Task> serve)
    {
        if (http.Request.Headers["X-Request-ID"] is [{ Length: > 0 and <= MaxRequestId } requestId] && requestId.All(c => c is >= ' ' and <= '~'))
            http.Response.Headers["X-Request-ID"] = requestId;
        http.Response.Headers.CacheControl = "no-store";
        if (authenticator.Authenticate(http.Presented()) is not Caller.EnforcementPointCaller caller)
        {
            var answered = admission.TryEnterUnauthenticated(http.Connection.RemoteIpAddress?.ToString() ?? "unknown");
            if (answered && !http.IsNamed())
                shadows?.Note(http.Knocks("decision-api", http.Request.Path.Value ?? ""));
            await (answered
                ? RefuseAsync(http, 401, ReasonCodes.CredentialRefused, "Only registered enforcement points are answered here.")
                : RefuseAsync(http, 429, ReasonCodes.TooManyRequests, "Too many requests without an accepted credential came from this address."));
            return;
        }

        using var pass = admission.TryEnter(caller.Organization.Id, caller.KeyId);
        await (pass is null
            ? RefuseAsync(http, 429, ReasonCodes.TooManyRequests, "This enforcement point or its organization asks too much at once.")
            : serve(caller));
    }

    /// <summary>Answers a request that was not evaluated.</summary>
    public static Task RefuseAsync(HttpContext http, int status, ReasonCode code, string detail)
    {
        http.Response.StatusCode = status;
        if (status == 401)
            http.Response.Headers.WWWAuthenticate = "Bearer";
        if (status == 429)
            http.Response.Headers.RetryAfter = "1";
        return http.Response.WriteAsJsonAsync(EvaluationProblem.Of(status, code.Code, detail), AuthZenJson.Default.EvaluationProblem, "application/problem+json", http.RequestAborted);
    }

    /// <summary>The request, read so that every reader of its bytes reads the same; or null and what is wrong with it.</summary>
    private static T? Read<T>(ReadOnlySpan<byte> body, JsonTypeInfo<T> type, out string obstacle)
        where T : class
    {
        if (!StrictJson.TryParse(body, out var json, out var problem))
        {
            obstacle = problem;
            return null;
        }

        try
        {
            var request = json.Deserialize(type);
            obstacle = request is null ? "the body is null" : "";
            return request;
        }
        catch (JsonException unfit)
        {
            obstacle = $"not a request of this endpoint at {unfit.Path ?? "$"}: a member is missing, unknown or of the wrong type";
            return null;
        }
    }
}
