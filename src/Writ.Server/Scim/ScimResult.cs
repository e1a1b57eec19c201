using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Writ.Server.Scim;

/// <summary>An answer of the media type <c>application/scim+json</c>, with the headers of a resource where it is one.</summary>
internal sealed class ScimResult(int status, JsonObject body, string? etag = null, string? location = null) : IResult
{
    public const string MediaType = "application/scim+json";

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = status;
        if (etag is not null)
            response.Headers.ETag = etag;
        if (location is not null)
            response.Headers.Location = location;
        response.ContentType = MediaType;
        var bytes = Encoding.UTF8.GetBytes(body.ToJsonString());
        response.ContentLength = bytes.Length;
        return response.Body.WriteAsync(bytes, httpContext.RequestAborted).AsTask();
    }
}
