using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Writ.Governance.Admission;
using Writ.Governance.Credentials;
using Writ.Identity.HttpSignatures;

namespace Writ.Gateways.Credentials;

/// <summary>
/// Checks the signature of every request that bears one for Writ, each on its own, before a door or a route sees it. It answers nothing
/// itself: who stands behind it refuses, as for every other credential. What was refused is counted by the credential that it named.
/// </summary>
public sealed class SignatureCheck(RequestDelegate next, SignatureCallers callers, AdmissionControl admission)
{
    public async Task InvokeAsync(HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        var request = http.Request;
        if (!request.Headers.ContainsKey("Signature-Input") && !request.Headers.ContainsKey("Signature"))
        {
            await next(http);
            return;
        }

        var hasContent = http.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody ?? true;
        var verdict = await callers.VerifyAsync(MessageOf(http), hasContent, http.RequestAborted);
        if (verdict is null)
        {
            await next(http);
            return;
        }

        var signature = new RequestSignature(verdict);
        http.Features.Set(signature);
        if (verdict is SignatureVerdict.Refused { Credential: not null } refused)
            admission.CountRefusedProof(refused.Organization, refused.Credential, refused.Cause);
        if (verdict is not SignatureVerdict.Proved { Content: { } digest } proved)
        {
            await next(http);
            return;
        }

        await using var content = new SignedContent(request.Body, digest, () =>
        {
            signature.IsContentRefused = true;
            admission.CountRefusedProof(proved.Organization, proved.Credential, "content-not-signed");
        });
        request.Body = content;
        await next(http);
    }

    /// <summary>The request as it came: the target is the one of the request line, before anything decodes it.</summary>
    private static SignedMessage MessageOf(HttpContext http)
    {
        var headers = http.Request.Headers;
        return new SignedMessage
        {
            Method = http.Request.Method,
            Scheme = http.Request.Scheme,
            Authority = http.Request.Host.Value,
            // Only a target in origin form has a path that is the request's: any other covers nothing here.
            Target = http.Features.Get<IHttpRequestFeature>()?.RawTarget is ['/', ..] target ? target : null,
            Field = name => headers.TryGetValue(name, out var lines) ? lines : [],
        };
    }
}
