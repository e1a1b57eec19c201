using Microsoft.AspNetCore.Http;
using Writ.Governance.Credentials;
using Writ.Governance.Shadows;

namespace Writ.Gateways.Credentials;

/// <summary>Reads what a request brings to prove who sends it.</summary>
public static class PresentedCredentials
{
    /// <summary>Whether a proof names whose request it is, though it is not served: it is no stranger's, least of all to another organization.</summary>
    public static bool IsNamed(this HttpContext http)
    {
        var presented = http.Presented();
        return presented.Svid is not null || presented.Signature is SignatureVerdict.Proved or SignatureVerdict.Refused { Credential: not null };
    }

    /// <summary>What a request showed that proved nobody.</summary>
    /// <param name="http">The request; nothing of its body is read.</param>
    /// <param name="door">The door, in a word of Writ's own.</param>
    /// <param name="tried">What it wanted.</param>
    public static Knock Knocks(this HttpContext http, string door, string tried)
    {
        ArgumentNullException.ThrowIfNull(http);
        return new Knock(http.Request.Headers.Authorization.ToString(), http.Connection.RemoteIpAddress, door, tried, http.Request.Headers.UserAgent.ToString());
    }

    /// <summary>The header, what the connection proved and what the request's own signature did. A header that stands twice is none that can be accepted.</summary>
    public static PresentedCredential Presented(this HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        return new PresentedCredential(http.Request.Headers.Authorization.ToString(), http.Features.Get<ClientSvid>()?.Svid, http.Connection.RemoteIpAddress, http.PresentedRequest(),
            http.Features.Get<RequestSignature>()?.Verdict);
    }

    /// <summary>What a proof of possession has to be about. A port that the request names and did not come in by is another server's.</summary>
    public static PresentedRequest PresentedRequest(this HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        var request = http.Request;
        var port = request.Host.Port ?? (request.IsHttps ? 443 : 80);
        return new PresentedRequest(
            request.Method, request.Path.ToUriComponent(), request.Host.HasValue && port == http.Connection.LocalPort ? $"{request.Scheme}://{request.Host.ToUriComponent()}" : null,
            request.Headers["DPoP"] is [{ } proof] && !proof.Contains(',') ? proof : null); // two lines may have been joined on the way
    }
}
