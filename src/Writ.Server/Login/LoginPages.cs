using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Writ.Server.Login;

/// <summary>
/// The pages where people meet their passkeys: <c>/login</c>, <c>/enroll</c>, <c>/confirm</c>, <c>/tokens</c>. Static, of this binary, and allowed nothing
/// but their own script and style and Writ's own API.
/// </summary>
internal static class LoginPages
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'";

    public static void Map(RouteGroupBuilder anyone)
    {
        anyone.MapGet("/login", Page("login.html"));
        anyone.MapGet("/enroll", Page("enroll.html"));
        anyone.MapGet("/confirm", Page("confirm.html"));
        anyone.MapGet("/tokens", Page("tokens.html"));
        anyone.MapGet("/login/writ.css", Part("writ.css", "text/css; charset=utf-8"));
        foreach (var script in new[] { "passkeys.js", "login.js", "enroll.js", "confirm.js", "tokens.js" })
            anyone.MapGet($"/login/{script}", Part(script, "text/javascript; charset=utf-8"));
    }

    private static RequestDelegate Page(string name)
    {
        var part = Part(name, "text/html; charset=utf-8");
        return http =>
        {
            // Passkeys belong to a name, never to an address.
            if (System.Net.IPAddress.TryParse(http.Request.Host.Host.Trim('[', ']'), out _))
            {
                http.Response.Redirect($"{http.Request.Scheme}://localhost:{http.Request.Host.Port}{http.Request.Path}{http.Request.QueryString}");
                return Task.CompletedTask;
            }

            return part(http);
        };
    }

    private static RequestDelegate Part(string name, string type)
    {
        var bytes = Read(name);
        return http =>
        {
            var headers = http.Response.Headers;
            headers.ContentSecurityPolicy = Policy;
            headers["Referrer-Policy"] = "no-referrer";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Cross-Origin-Resource-Policy"] = "same-origin";
            headers["Permissions-Policy"] = "publickey-credentials-create=(self), publickey-credentials-get=(self), camera=(), microphone=(), geolocation=()";
            headers.XFrameOptions = "DENY";
            http.Response.ContentType = type;
            http.Response.ContentLength = bytes.Length;
            return http.Response.Body.WriteAsync(bytes, http.RequestAborted).AsTask();
        };
    }

    private static byte[] Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"login/{name}") ?? throw new InvalidOperationException($"the page {name} is not part of this binary");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
