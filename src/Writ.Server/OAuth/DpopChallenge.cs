using Microsoft.AspNetCore.Http;
using Writ.Identity.OAuth;

namespace Writ.Server.OAuth;

/// <summary>
/// Tells whoever proves the possession of a key the nonce to prove it with next, and, where a request was refused, whether that was what it lacked
/// (RFC 9449 sections 7.1 and 8). It decides nothing.
/// </summary>
internal sealed class DpopChallenge(RequestDelegate next, DpopNonces nonces)
{
    private const string Scheme = "DPoP ";

    private static readonly string Algorithms = string.Join(' ', DpopVerifier.Algorithms.Select(algorithm => algorithm.Name));

    public Task InvokeAsync(HttpContext http)
    {
        var isToken = http.Request.Headers.Authorization.ToString().StartsWith(Scheme, StringComparison.OrdinalIgnoreCase);
        if (isToken || http.Request.Headers.ContainsKey("DPoP"))
        {
            http.Response.OnStarting(() =>
            {
                http.Response.Headers["DPoP-Nonce"] = nonces.Current();
                if (isToken && http.Response.StatusCode == StatusCodes.Status401Unauthorized)
                    http.Response.Headers.WWWAuthenticate = $"DPoP error=\"{(HasNonce(http) ? "invalid_token" : "use_dpop_nonce")}\", algs=\"{Algorithms}\"";
                return Task.CompletedTask;
            });
        }

        return next(http);
    }

    private bool HasNonce(HttpContext http) => http.Request.Headers["DPoP"] is [{ } proof] && nonces.EndOf(DpopVerifier.NonceIn(proof)) is not null;
}
