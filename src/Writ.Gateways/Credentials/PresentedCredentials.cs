using Microsoft.AspNetCore.Http;
using Writ.Governance.Credentials;

namespace Writ.Gateways.Credentials;

/// <summary>Reads what a request brings to prove who sends it.</summary>
public static class PresentedCredentials
{
    /// <summary>The header and what the connection proved. A header that stands twice is none that can be accepted.</summary>
    public static PresentedCredential Presented(this HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        return new PresentedCredential(http.Request.Headers.Authorization.ToString(), http.Features.Get<ClientSvid>()?.Svid, http.Connection.RemoteIpAddress);
    }
}
