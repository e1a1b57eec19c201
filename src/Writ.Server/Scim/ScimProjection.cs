using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Writ.Server.Scim;

/// <summary>A resource with the attributes that the caller wants: <c>attributes</c> or <c>excludedAttributes</c> (RFC 7644, section 3.9). Schemas and id always stay.</summary>
internal static class ScimProjection
{
    public static JsonObject Of(HttpRequest request, ScimSchema schema, JsonObject resource)
    {
        if (request.Query.TryGetValue("attributes", out var wanted) && Paths(wanted.ToString()) is { Length: > 0 } only)
        {
            var chosen = new JsonObject { ["schemas"] = resource["schemas"]!.DeepClone(), ["id"] = resource["id"]!.DeepClone() };
            foreach (var path in only)
            {
                if (schema.Find(path) is not { } attribute || resource[attribute.Name] is not { } value || attribute.Name == "id")
                    continue;
                if (path.Sub is null || attribute.Part(path.Sub) is not { } part)
                    chosen[attribute.Name] = value.DeepClone();
                else if (value is JsonObject one)
                    (chosen[attribute.Name] ??= new JsonObject())[part.Name] = one[part.Name]?.DeepClone();
                else
                    chosen[attribute.Name] = new JsonArray([.. value.AsArray().OfType<JsonObject>().Select(each => (JsonNode)new JsonObject { [part.Name] = each[part.Name]?.DeepClone() })]);
            }

            return chosen;
        }

        var whole = resource.DeepClone().AsObject();
        if (request.Query.TryGetValue("excludedAttributes", out var unwanted))
        {
            foreach (var path in Paths(unwanted.ToString()))
            {
                if (path.Sub is null && schema.Find(path) is { } attribute && attribute.Name != "id")
                    whole.Remove(attribute.Name);
            }
        }

        return whole;
    }

    /// <summary>Whether the caller wants an attribute, or by name the version of the resource, which is of all of it.</summary>
    public static bool Wants(HttpRequest request, ScimSchema schema, string attribute) =>
        request.Query.TryGetValue("attributes", out var wanted) && Paths(wanted.ToString()) is { Length: > 0 } only ? only.Any(path => Needs(schema, attribute, path))
        : !request.Query.TryGetValue("excludedAttributes", out var unwanted) || !Paths(unwanted.ToString()).Any(path => path.Sub is null && schema.Find(path)?.Name == attribute);

    /// <summary>Whether a path is of an attribute, or of the version.</summary>
    public static bool Needs(ScimSchema schema, string attribute, ScimPath path) =>
        schema.Find(path) is { } found && (found.Name == attribute || (found.Name == "meta" && (path.Sub is null || path.Sub.Equals("version", StringComparison.OrdinalIgnoreCase))));

    private static ScimPath[] Paths(string text) =>
        text.Length > ScimFilterParser.MaxLength ? [] : [.. text.Split(',', StringSplitOptions.TrimEntries).Select(name => ScimPath.Parse(name)).OfType<ScimPath>()];
}
