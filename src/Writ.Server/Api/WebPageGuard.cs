using System.Net;
using Microsoft.AspNetCore.Http;

namespace Writ.Server.Api;

/// <summary>
/// Keeps web pages out that somebody else wrote. Writ listens on loopback, where any page open in a browser of the same machine could
/// reach it: directly, which the browser announces as <c>Origin</c>, or under a name of its own that it let point here (DNS rebinding),
/// which then stands in <c>Host</c>. Programs send no origin and call by address, as localhost, or by a name of the TLS certificate.
/// </summary>
internal sealed class WebPageGuard(RequestDelegate next, Func<string, bool> isNamed)
{
    public Task InvokeAsync(HttpContext http) =>
        !IsOwnHost(http.Request.Host)
            ? Problem.Of(ApiError.ForeignHost, "Call Writ as localhost, by its loopback address, or by a name that its TLS certificate has.").AnswerAsync(http)
            : !IsOwnOrigin(http.Request)
                ? Problem.Of(ApiError.ForeignOrigin, "Web pages of this origin may not call.").AnswerAsync(http)
                : next(http);

    /// <summary>A request without a host comes from HTTP/1.0, which no browser speaks.</summary>
    private bool IsOwnHost(HostString host) =>
        !host.HasValue
        || isNamed(host.Host.Trim('[', ']'))
        || host.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    /// <summary>The MCP door has a list of its own, because inspectors of MCP servers are pages of another loopback port.</summary>
    private static bool IsOwnOrigin(HttpRequest request) =>
        request.Path.StartsWithSegments("/mcp", StringComparison.OrdinalIgnoreCase)
        || !request.Headers.TryGetValue("Origin", out var origins)
        || (origins.Count == 1 && string.Equals(origins[0], $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase));
}
