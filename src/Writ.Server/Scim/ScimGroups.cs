using System.Text.Json.Nodes;
using Writ.Governance.Directories;

namespace Writ.Server.Scim;

/// <summary>Groups as SCIM has them.</summary>
internal static class ScimGroups
{
    /// <summary>The longest name and external id, in characters.</summary>
    public const int MaxText = 256;

    /// <summary>A group; where it is not wanted whole, without its members and its version.</summary>
    public static JsonObject Render(DirectoryGroup group, Uri root, bool isWhole = true)
    {
        var resource = new JsonObject { ["schemas"] = new JsonArray(ScimSchema.Group.Id), ["id"] = group.Id.ToString() };
        if (group.ExternalId is { } external)
            resource["externalId"] = external;
        resource["displayName"] = group.Name;
        if (isWhole && !group.Members.IsEmpty)
        {
            resource["members"] = new JsonArray([.. group.Members.Select(person => (JsonNode)new JsonObject
            {
                ["value"] = person.ToString(), ["$ref"] = new Uri(root, $"Users/{person}").ToString(), ["type"] = "User",
            })]);
        }

        return ScimVersion.Sealed(resource, "Group", group.CreatedAt, group.ModifiedAt, new Uri(root, $"Groups/{group.Id}"), isWhole);
    }

    /// <summary>What is wrong with a group; null when nothing is.</summary>
    public static ScimError? Problem(JsonObject resource) =>
        resource["displayName"]?.GetValue<string>() is not { } name || !IsText(name) ? ScimError.BadValue($"displayName: 1 to {MaxText} characters, none of them a control character")
        : resource["externalId"]?.GetValue<string>() is { } external && !IsText(external) ? ScimError.BadValue($"externalId: 1 to {MaxText} characters, none of them a control character")
        : null;

    private static bool IsText(string text) => text.Length is > 0 and <= MaxText && !text.Any(char.IsControl) && text.Trim().Length > 0;
}
