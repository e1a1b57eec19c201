using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Writ.Gateways.Mcp;
using Writ.Gateways.Mcp.Wire;
using Writ.Governance.Admission;
using Writ.Governance.Credentials;
using Writ.Governance.Decisions;

namespace Writ.Gateways.AuthZen;

/// <summary>
/// <c>POST /access/v1/evaluation</c> (AuthZEN 1.0): registered enforcement points ask, the governor decides. An evaluation acts: it
/// consumes approvals and owes an effect. Anyone else is refused. Thread safe.
/// </summary>
public sealed class AuthZenDoor(Authenticator authenticator, AdmissionControl admission, ActionIntake intake, Governor governor)
{
    /// <summary>The longest request body, in bytes.</summary>
    public const int MaxBodyBytes = 1 << 20;

    private const int MaxRequestId = 128;

    /// <summary>Answers one evaluation request.</summary>
    public async Task HandleAsync(HttpContext http)
    {
        if (http.Request.Headers["X-Request-ID"] is [{ Length: > 0 and <= MaxRequestId } requestId] && requestId.All(c => c is >= ' ' and <= '~'))
            http.Response.Headers["X-Request-ID"] = requestId;
        http.Response.Headers.CacheControl = "no-store";
        if (authenticator.Authenticate(http.Request.Headers.Authorization.ToString()) is not Caller.EnforcementPointCaller caller)
        {
            await (admission.TryEnterUnauthenticated(http.Connection.RemoteIpAddress?.ToString() ?? "unknown")
                ? RefuseAsync(http, 401, ReasonCodes.CredentialRefused, "Only registered enforcement points are answered here.")
                : RefuseAsync(http, 429, ReasonCodes.TooManyRequests, "Too many requests without an accepted credential came from this address."));
            return;
        }

        using var pass = admission.TryEnter(caller.Organization.Id, caller.KeyId);
        if (pass is null)
        {
            await RefuseAsync(http, 429, ReasonCodes.TooManyRequests, "This enforcement point or its organization asks too much at once.");
            return;
        }

        if (!http.Request.HasJsonContentType())
        {
            await RefuseAsync(http, 415, ReasonCodes.RequestUnreadable, "The body is application/json.");
            return;
        }

        if (await RequestBody.ReadAsync(http, MaxBodyBytes) is not { } body)
        {
            await RefuseAsync(http, 413, ReasonCodes.RequestUnreadable, "The body is longer than 1 MiB.");
            return;
        }

        if (Read(body.Span, out var obstacle) is not { } request
            || EvaluationReading.Read(request, caller, http.Request.Headers["Writ-Task"].ToString(), out obstacle) is not { } call)
        {
            await RefuseAsync(http, 400, ReasonCodes.RequestUnreadable, obstacle);
            return;
        }

        var (action, refusal) = await intake.MakeAsync(call);
        if (action is null)
        {
            await RefuseAsync(http, refusal == ReasonCodes.NotRecorded ? 503 : 403, refusal!, refusal!.AgentMessage);
            return;
        }

        var decision = await governor.DecideAsync(action, enforcer: caller.KeyId);
        await http.Response.WriteAsJsonAsync(EvaluationAnswer.Of(decision, call), AuthZenJson.Default.EvaluationResponse, "application/json", http.RequestAborted);
    }

    /// <summary>The request, read so that every reader of its bytes reads the same; or null and what is wrong with it.</summary>
    private static EvaluationRequest? Read(ReadOnlySpan<byte> body, out string obstacle)
    {
        if (!StrictJson.TryParse(body, out var json, out var problem))
        {
            obstacle = problem;
            return null;
        }

        try
        {
            var request = json.Deserialize(AuthZenJson.Default.EvaluationRequest);
            obstacle = request is null ? "the body is null" : "";
            return request;
        }
        catch (JsonException unfit)
        {
            obstacle = $"not an evaluation request at {unfit.Path ?? "$"}: a member is missing, unknown or of the wrong type";
            return null;
        }
    }

    private static Task RefuseAsync(HttpContext http, int status, ReasonCode code, string detail)
    {
        http.Response.StatusCode = status;
        if (status == 401)
            http.Response.Headers.WWWAuthenticate = "Bearer";
        if (status == 429)
            http.Response.Headers.RetryAfter = "1";
        return http.Response.WriteAsJsonAsync(EvaluationProblem.Of(status, code.Code, detail), AuthZenJson.Default.EvaluationProblem, "application/problem+json", http.RequestAborted);
    }
}
