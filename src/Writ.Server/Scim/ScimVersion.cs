using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Writ.Server.Scim;

/// <summary>The version of a resource, for ETag and If-Match: of what it says, so that it changes exactly when that does.</summary>
internal static class ScimVersion
{
    private const int Digits = 32;

    /// <summary>Puts the place into a resource's meta, and the version where all of the resource is there.</summary>
    public static JsonObject Sealed(JsonObject resource, string type, DateTimeOffset created, DateTimeOffset modified, Uri location, bool isWhole)
    {
        var version = !isWhole ? null : $"W/\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(resource.ToJsonString())))[..Digits]}\"";
        resource["meta"] = new JsonObject
        {
            ["resourceType"] = type, ["created"] = Iso(created), ["lastModified"] = Iso(modified), ["location"] = location.ToString(),
        };
        if (version is not null)
            resource["meta"]!["version"] = version;
        return resource;
    }

    public static string Of(JsonObject resource) => resource["meta"]!["version"]!.GetValue<string>();

    public static string Location(JsonObject resource) => resource["meta"]!["location"]!.GetValue<string>();

    private static string Iso(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
