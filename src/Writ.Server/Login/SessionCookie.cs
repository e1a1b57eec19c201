using Microsoft.AspNetCore.Http;

namespace Writ.Server.Login;

/// <summary>
/// The cookie that a session lives in. <c>__Host-</c> binds it to the one host, path and secure transport (RFC 6265bis, section 4.1.3.2);
/// browsers count loopback under the name localhost as secure. A browser that does not will not keep it, and needs TLS.
/// </summary>
internal static class SessionCookie
{
    public const string Name = "__Host-writ";

    /// <summary>The header that Writ's own pages send with every request that changes something: no page of another origin can.</summary>
    public const string PageHeader = "Writ-Page";

    private static readonly CookieOptions Options = new() { HttpOnly = true, Secure = true, SameSite = SameSiteMode.Strict, Path = "/", IsEssential = true };

    public static string? Of(HttpRequest request) => request.Cookies.TryGetValue(Name, out var value) ? value : null;

    public static void Set(HttpResponse response, string token) => response.Cookies.Append(Name, token, Options);

    public static void Clear(HttpResponse response) => response.Cookies.Delete(Name, Options);

    /// <summary>Whether a request that comes with the cookie is one that Writ's own page sent, as far as it changes something.</summary>
    public static bool IsOwnPage(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)
        // That a stated origin is Writ's was checked before.
        || (request.Headers.ContainsKey("Origin") && request.Headers.ContainsKey(PageHeader)
            && (request.Headers["Sec-Fetch-Site"] is not [{ } site] || site == "same-origin"));
}
