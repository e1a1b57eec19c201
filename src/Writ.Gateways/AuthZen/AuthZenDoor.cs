using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Writ.Governance.Admission;
using Writ.Governance.Credentials;
using Writ.Governance.Decisions;

namespace Writ.Gateways.AuthZen;

/// <summary>
/// <c>POST /access/v1/evaluation</c> (AuthZEN 1.0): registered enforcement points ask, the governor decides. An evaluation acts: it
/// consumes approvals and owes an effect. Anyone else is refused.
/// </summary>
public sealed class AuthZenDoor(Authenticator authenticator, AdmissionControl admission, ActionIntake intake, Governor governor)
{
    /// <summary>The longest request body, in bytes.</summary>
    public const int MaxBodyBytes = 1 << 20;

    public async Task HandleAsync(HttpContext http)
    {
        if (http.Request.Headers["X-Request-ID"].ToString() is { Length: > 0 and <= 128 } requestId && requestId.All(c => c is >= ' ' and <= '~'))
            http.Response.Headers["X-Request-ID"] = requestId;
        if (authenticator.Authenticate(http.Request.Headers.Authorization.ToString()) is not Caller.EnforcementPointCaller caller)
        {
            var answered = admission.TryEnterUnauthenticated(http.Connection.RemoteIpAddress?.ToString() ?? "unknown");
            await RefuseAsync(http, answered ? 401 : 429, answered ? ReasonCodes.CredentialRefused : ReasonCodes.TooManyRequests, "Only registered enforcement points are answered here.");
            return;
        }

        using var pass = admission.TryEnter(caller.Organization.Id, caller.KeyId);
        if (pass is null)
        {
            await RefuseAsync(http, 429, ReasonCodes.TooManyRequests, "This enforcement point or its organization asks too much at once.");
            return;
        }

        var (request, problem) = await ReadAsync(http);
        if (request is null)
        {
            await RefuseAsync(http, problem == TooLong ? 413 : 400, ReasonCodes.RequestUnreadable, problem!);
            return;
        }

        if (EvaluationReading.Read(request, caller, http.Request.Headers["Writ-Task"].ToString(), out var obstacle) is not { } call)
        {
            await RefuseAsync(http, 400, ReasonCodes.RequestUnreadable, obstacle);
            return;
        }

        var (action, refusal) = await intake.MakeAsync(call);
        if (action is null)
        {
            await RefuseAsync(http, 403, refusal!, refusal!.AgentMessage);
            return;
        }

        var decision = await governor.DecideAsync(action, enforcer: caller.KeyId);
        await WriteAsync(http, 200, EvaluationAnswer.Of(decision, call));
    }

    private const string TooLong = "the body is longer than 1 MiB";

    private static async ValueTask<(EvaluationRequest? Request, string? Problem)> ReadAsync(HttpContext http)
    {
        try
        {
            if (http.Request.ContentLength > MaxBodyBytes)
                return (null, TooLong);
            http.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = MaxBodyBytes;
            var request = await JsonSerializer.DeserializeAsync(http.Request.Body, AuthZenJson.Default.EvaluationRequest, http.RequestAborted);
            return request is null ? (null, "the body is null") : (request, null);
        }
        catch (JsonException problem)
        {
            return (null, $"not an evaluation request at {problem.Path ?? "$"}, line {problem.LineNumber + 1}");
        }
        catch (BadHttpRequestException)
        {
            return (null, TooLong);
        }
    }

    private static Task RefuseAsync(HttpContext http, int status, ReasonCode code, string message)
    {
        http.Response.Headers.CacheControl = "no-store";
        return WriteAsync(http, status, new EvaluationResponse(false, new EvaluationContext { Id = "", Outcome = Outcome.Deny.Word(), Code = code.Code, Message = message }));
    }

    private static Task WriteAsync(HttpContext http, int status, EvaluationResponse response)
    {
        http.Response.StatusCode = status;
        return http.Response.WriteAsJsonAsync(response, AuthZenJson.Default.EvaluationResponse, "application/json", http.RequestAborted);
    }
}
