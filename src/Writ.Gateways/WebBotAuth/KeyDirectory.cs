using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Writ.Identity.HttpSignatures;

namespace Writ.Gateways.WebBotAuth;

/// <summary>The directory of the keys that Writ signs its requests with (draft-meunier-webbotauth-httpsig-directory).</summary>
public static class KeyDirectory
{
    /// <summary>Where it is.</summary>
    public const string Path = "/.well-known/http-message-signatures-directory";

    /// <summary>Its media type.</summary>
    public const string MediaType = "application/http-message-signatures-directory+json";

    public static void MapKeyDirectory(this IEndpointRouteBuilder routes, RequestSigner signer)
    {
        ArgumentNullException.ThrowIfNull(signer);
        var key = Encoding.UTF8.GetString(signer.Key.ToJson());
        var directory = Encoding.UTF8.GetBytes($$"""{"keys":[{{key[..^1]}},"kid":"{{signer.KeyId}}","use":"sig"}]}""");
        var digest = ContentDigest.Of(directory);
        routes.MapGet(Path, http =>
        {
            var request = new SignedMessage { Method = http.Request.Method, Scheme = http.Request.Scheme, Authority = http.Request.Host.Value, Target = Path, Field = _ => [] };
            var headers = http.Response.Headers;
            headers["Content-Digest"] = digest;
            // A request of HTTP/1.0 may come without a host, and then there is nothing to sign for.
            if (http.Request.Host.HasValue)
                (headers["Signature-Input"], headers["Signature"]) = signer.SignDirectory(request, digest);
            http.Response.ContentType = MediaType;
            http.Response.ContentLength = directory.Length;
            return http.Response.Body.WriteAsync(directory, http.RequestAborted).AsTask();
        });
    }
}
