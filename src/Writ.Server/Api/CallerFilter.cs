using Microsoft.AspNetCore.Http;
using Writ.Governance.Admission;
using Writ.Governance.Credentials;

namespace Writ.Server.Api;

/// <summary>
/// Stands before every <c>/v1</c> route: who is calling, and may they come in now. A route says which kinds of callers it serves; all
/// others are refused. Refusals of unknown callers are rate limited by address and counted, never recorded one by one.
/// </summary>
internal sealed class CallerFilter(Authenticator authenticator, AdmissionControl admission, CallerKinds kinds) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (authenticator.Authenticate(http.Request.Headers.Authorization.ToString()) is not { } caller)
        {
            var address = http.Connection.RemoteIpAddress?.ToString() ?? "unknown";
            return admission.TryEnterUnauthenticated(address)
                ? Problem.Of(ApiError.Unauthenticated, "Send 'Authorization: Bearer <token>' with a token that is in force.").ToResult()
                : Problem.Of(ApiError.TooMany, "Too many requests without an accepted credential came from this address.").ToResult();
        }

        using var pass = admission.TryEnter(caller.Organization.Id, caller.KeyId);
        if (pass is null)
            return Problem.Of(ApiError.TooMany, "This credential or its organization sends too much at once. Slow down and retry.").ToResult();
        if (!kinds.Includes(caller))
            return Problem.Of(ApiError.WrongKindOfCaller, $"This route serves {kinds.Describe()}.").ToResult();
        http.Features.Set(caller);
        return await next(context);
    }
}
