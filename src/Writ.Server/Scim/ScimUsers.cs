using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Writ.Governance.Directories;
using Writ.Governance.People;

namespace Writ.Server.Scim;

/// <summary>Users as SCIM has them, and what of them is kept.</summary>
internal static class ScimUsers
{
    /// <summary>A person as a user. Of whom everything was erased the id is left.</summary>
    /// <param name="person">The person.</param>
    /// <param name="user">What the directory says of them, as far as it can be read.</param>
    /// <param name="groups">The groups that they are in, by id; null where they are not wanted, and then the user has no version either.</param>
    /// <param name="root">Where SCIM begins.</param>
    public static JsonObject Render(Person person, DirectoryUser? user, IEnumerable<DirectoryGroup>? groups, Uri root)
    {
        var entry = person.Directory!;
        var resource = new JsonObject { ["schemas"] = new JsonArray(ScimSchema.User.Id), ["id"] = person.Id.ToString() };
        Put(resource, "externalId", user?.ExternalId);
        resource["userName"] = user?.UserName ?? person.Id.ToString();
        var name = new JsonObject();
        Put(name, "formatted", user?.Formatted);
        Put(name, "familyName", user?.FamilyName);
        Put(name, "givenName", user?.GivenName);
        if (name.Count > 0)
            resource["name"] = name;
        Put(resource, "displayName", user?.DisplayName);
        if (user is { Emails.IsEmpty: false })
            resource["emails"] = new JsonArray([.. user.Emails.Select(email => (JsonNode)Render(email))]);
        resource["active"] = person.IsHere;
        JsonNode[] entries = [.. (groups ?? []).Select(group => new JsonObject
        {
            ["value"] = group.Id.ToString(), ["$ref"] = new Uri(root, $"Groups/{group.Id}").ToString(), ["display"] = group.Name,
        })];
        if (entries.Length > 0)
            resource["groups"] = new JsonArray(entries);

        return ScimVersion.Sealed(resource, "User", entry.CreatedAt, entry.ModifiedAt, new Uri(root, $"Users/{person.Id}"), groups is not null);
    }

    /// <summary>What of a user is kept; null, with the error, where it cannot be.</summary>
    public static DirectoryUser? Read(JsonObject resource, out ScimError? error)
    {
        if (Text(resource, "userName") is not { } userName)
        {
            error = ScimError.BadValue("userName is missing");
            return null;
        }

        var name = resource["name"] as JsonObject;
        var user = new DirectoryUser
        {
            UserName = userName,
            ExternalId = Text(resource, "externalId"),
            DisplayName = Text(resource, "displayName"),
            Formatted = Text(name, "formatted"),
            FamilyName = Text(name, "familyName"),
            GivenName = Text(name, "givenName"),
            Emails = [.. (resource["emails"] as JsonArray ?? []).OfType<JsonObject>().Select(email => new DirectoryEmail(
                Text(email, "value") ?? "", Text(email, "type"), Text(email, "display"), email["primary"]?.GetValue<bool>() ?? false))],
        };
        error = user.Problem is { } problem ? ScimError.BadValue(problem) : null;
        return error is null ? user : null;
    }

    /// <summary>Whether a user is active; null where the resource does not say.</summary>
    public static bool? IsActive(JsonObject resource) => resource["active"]?.GetValue<bool>();

    private static JsonObject Render(DirectoryEmail email)
    {
        var json = new JsonObject { ["value"] = email.Value };
        Put(json, "type", email.Type);
        Put(json, "display", email.Display);
        if (email.Primary)
            json["primary"] = true;
        return json;
    }

    private static string? Text(JsonObject? from, string name) => from?[name]?.GetValue<string>();

    private static void Put(JsonObject into, string name, string? text)
    {
        if (text is not null)
            into[name] = text;
    }
}
