using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Writ.Gateways.Credentials;
using Writ.Governance.Admission;
using Writ.Governance.Credentials;
using Writ.Governance.People;
using Writ.Server.Login;

namespace Writ.Server.Api;

/// <summary>
/// Stands before every route: who is calling, may they come in now, and does the route serve them. It runs before a route reads
/// anything of the body, so that nobody unknown has Writ parse for them. Refusals of unknown callers are rate limited by address and
/// counted, never recorded one by one.
/// </summary>
internal sealed class CallerCheck(RequestDelegate next, Authenticator authenticator, AdmissionControl admission, PresenceCheck presence)
{
    public Task InvokeAsync(HttpContext http) => http.GetEndpoint() switch
    {
        // Routing's own answers (no such path, method or content type) are endpoints without a pattern and serve nothing.
        not RouteEndpoint => next(http),
        { Metadata: var metadata } => metadata.GetMetadata<AccessRule>() switch
        {
            AccessRule.Callers { Kinds: var kinds } => EnterAsync(http, kinds),
            AccessRule.Door or AccessRule.Anyone => next(http),
            _ => throw new InvalidOperationException("a route without an access rule was called"),
        },
    };

    private async Task EnterAsync(HttpContext http, CallerKinds kinds)
    {
        if (Identify(http.Request) is not { } caller)
        {
            await (admission.TryEnterUnauthenticated(http.Connection.RemoteIpAddress?.ToString() ?? "unknown")
                ? Unauthenticated(http)
                : TooMany(http, "Too many requests without an accepted credential came from this address.")).AnswerAsync(http);
            return;
        }

        using var pass = admission.TryEnter(caller.Organization.Id, caller.KeyId);
        if (pass is null)
        {
            await TooMany(http, "This credential or its organization sends too much at once. Slow down and retry.").AnswerAsync(http);
            return;
        }

        if (!kinds.Includes(caller))
        {
            await Problem.Of(ApiError.WrongKindOfCaller, $"This route serves {kinds.Describe()}.").AnswerAsync(http);
            return;
        }

        if (caller is Caller.PersonCaller person)
        {
            if (person.Presence.Kind is Presence.Session && !SessionCookie.IsOwnPage(http.Request))
            {
                await Problem.Of(ApiError.NotOwnPage, $"A session changes something only from Writ's own pages, which send {SessionCookie.PageHeader}.").AnswerAsync(http);
                return;
            }

            if (person.Presence.Scope is { ReadOnly: true } && !HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method))
            {
                await Problem.Of(ApiError.BeyondScope, "This token only reads.").AnswerAsync(http);
                return;
            }

            if (http.Request.Headers.ContainsKey(PresenceCheck.Header))
            {
                if (await presence.CheckAsync(http, person) is not { } there)
                {
                    await Problem.Of(ApiError.PresenceRefused, "Ask POST /v1/presence for this very request and sign what it answers, once and within its time.").AnswerAsync(http);
                    return;
                }

                caller = there;
            }
        }

        http.Features.Set(caller);
        await next(http);
    }

    /// <summary>By the header, the connection or the signature where one of them proves something, else by the session: never by one where the other was refused.</summary>
    private Caller? Identify(HttpRequest request) => request.HttpContext.Presented() is { IsThere: true } presented
        ? authenticator.Authenticate(presented)
        : authenticator.AuthenticateSession(SessionCookie.Of(request));

    internal static Problem Unauthenticated(HttpContext http)
    {
        if (http.Presented().Signature is SignatureVerdict.Refused refused)
            return Problem.Of(ApiError.SignatureRefused with { Code = refused.Reason.Code }, refused.Detail);
        http.Response.Headers.WWWAuthenticate = "Bearer";
        return Problem.Of(ApiError.Unauthenticated, "Send 'Authorization: Bearer <token>' with a token that is in force, or log in at /login.");
    }

    private static Problem TooMany(HttpContext http, string detail)
    {
        http.Response.Headers.RetryAfter = "1";
        return Problem.Of(ApiError.TooMany, detail);
    }
}
