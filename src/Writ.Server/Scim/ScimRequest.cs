using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Writ.Server.Scim;

/// <summary>Reads what a directory sent.</summary>
internal static class ScimRequest
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    /// <summary>The object that the body is; null, with the error, where it is none.</summary>
    public static async Task<(JsonObject? Body, ScimError? Error)> ReadAsync(HttpContext http)
    {
        var type = http.Request.ContentType?.Split(';')[0].Trim();
        if (!string.Equals(type, ScimResult.MediaType, StringComparison.OrdinalIgnoreCase) && !string.Equals(type, "application/json", StringComparison.OrdinalIgnoreCase))
            return (null, new ScimError(StatusCodes.Status415UnsupportedMediaType, null, $"The body is {ScimResult.MediaType}."));
        try
        {
            if (await JsonNode.ParseAsync(http.Request.Body, null, Strict, http.RequestAborted) is not JsonObject body)
                return (null, ScimError.BadSyntax("The body is a JSON object."));
            Read(body);
            return (body, null);
        }
        catch (InvalidOperationException)
        {
            return (null, ScimError.BadSyntax("The body has half of a character outside the Basic Multilingual Plane."));
        }
        catch (JsonException problem)
        {
            return (null, ScimError.BadSyntax($"The body is not JSON as it is taken here: line {problem.LineNumber + 1}, byte {problem.BytePositionInLine + 1}."));
        }
    }

    /// <summary>Where SCIM begins, as the caller calls it.</summary>
    public static Uri Root(HttpRequest request) => new($"{request.Scheme}://{request.Host}/scim/v2/");

    /// <summary>Whether a precondition of the request holds for a version (RFC 9110, section 13.1.1); the versions here are weak, and so compared.</summary>
    public static bool Matches(HttpRequest request, string version) => request.Headers.IfMatch is not [{ } text, ..] || Names(text, version);

    /// <summary>Whether the caller has this version.</summary>
    public static bool Has(HttpRequest request, string version) => request.Headers.IfNoneMatch is [{ } text, ..] && Names(text, version);

    /// <summary>A number of the query; null where it is none.</summary>
    public static int? Number(HttpRequest request, string name, int otherwise) =>
        !request.Query.TryGetValue(name, out var text) ? otherwise
        : int.TryParse(text.ToString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number
        : null;

    /// <summary>Reads every text: what is no text is found here, and not where it is used.</summary>
    private static void Read(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var (_, member) in members)
                    Read(member);
                break;
            case JsonArray values:
                foreach (var value in values)
                    Read(value);
                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                value.GetValue<string>();
                break;
        }
    }

    private static bool Names(string header, string version) =>
        header.Split(',', StringSplitOptions.TrimEntries).Any(one => one == "*" || Plain(one) == Plain(version));

    private static string Plain(string etag) => etag.StartsWith("W/", StringComparison.Ordinal) ? etag[2..] : etag;
}
