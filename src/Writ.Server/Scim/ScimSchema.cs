using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Writ.Server.Scim;

/// <summary>
/// What a kind of resource is made of here: less than RFC 7643 has, because what nobody needs is not kept. What it has beyond this is taken
/// and not stored; what it has not at all is refused. Immutable.
/// </summary>
internal sealed class ScimSchema
{
    // What RFC 7643 has for a user, section 4.1, and directories send whether or not it is wanted.
    private static readonly FrozenSet<string> NotKept = new[]
    {
        "nickName", "profileUrl", "title", "userType", "preferredLanguage", "locale", "timezone", "password", "phoneNumbers", "ims", "photos", "addresses", "entitlements", "roles", "x509Certificates",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly ScimAttribute[] Common =
    [
        new("id", "string", "What Writ calls it: for a user, the person's name in Writ.") { CaseExact = true, ReadOnly = true, Unique = true },
        new("externalId", "string", "What the directory calls it.") { CaseExact = true },
        new("meta", "complex", "When it was made and changed, where it is, and its version.")
        {
            ReadOnly = true,
            Parts =
            [
                new("resourceType", "string", "User or Group.") { CaseExact = true, ReadOnly = true },
                new("created", "dateTime", "When it was made.") { ReadOnly = true },
                new("lastModified", "dateTime", "When it changed last.") { ReadOnly = true },
                new("location", "reference", "Where it is.") { CaseExact = true, ReadOnly = true },
                new("version", "string", "Its ETag.") { CaseExact = true, ReadOnly = true },
            ],
        },
    ];

    private ScimSchema(string id, string name, string description, bool takesMore, params ImmutableArray<ScimAttribute> attributes) =>
        (Id, Name, Description, Own, _takesMore) = (id, name, description, attributes, takesMore);

    private readonly bool _takesMore;

    public static ScimSchema User { get; } = new(
        "urn:ietf:params:scim:schemas:core:2.0:User", "User", "A person of the organization.", takesMore: true,
        new ScimAttribute("userName", "string", "What the person logs in to the directory as.") { Required = true, Unique = true },
        new ScimAttribute("name", "complex", "The person's name.")
        {
            Parts = [new("formatted", "string", "All of it."), new("familyName", "string", "The family's."), new("givenName", "string", "The given one.")],
        },
        new ScimAttribute("displayName", "string", "What to show."),
        new ScimAttribute("emails", "complex", "E-mail addresses; they identify nobody.")
        {
            MultiValued = true,
            Parts =
            [
                new("value", "string", "The address.") { Required = true }, new("type", "string", "Such as work."), new("display", "string", "What to show."),
                new("primary", "boolean", "Whether it is the one to use."),
            ],
        },
        new ScimAttribute("active", "boolean", "Whether the person is of the organization. False ends every way in at once."),
        new ScimAttribute("groups", "complex", "The groups that the person is in.")
        {
            MultiValued = true, ReadOnly = true,
            Parts = [new("value", "string", "The group's id.") { CaseExact = true, ReadOnly = true }, new("$ref", "reference", "Where it is.") { CaseExact = true, ReadOnly = true }, new("display", "string", "Its name.") { ReadOnly = true }],
        });

    public static ScimSchema Group { get; } = new(
        "urn:ietf:params:scim:schemas:core:2.0:Group", "Group", "A group of the directory. A team of Writ has its members once two people of Writ say so.", takesMore: false,
        new ScimAttribute("displayName", "string", "Its name.") { Required = true, Unique = true },
        new ScimAttribute("members", "complex", "Who is in it: users only.")
        {
            MultiValued = true,
            Parts =
            [
                new("value", "string", "The user's id.") { CaseExact = true, Required = true }, new("$ref", "reference", "Where the user is.") { CaseExact = true, ReadOnly = true },
                new("type", "string", "User.") { ReadOnly = true }, new("display", "string", "Not kept.") { ReadOnly = true },
            ],
        });

    public string Id { get; }

    public string Name { get; }

    public string Description { get; }

    /// <summary>The attributes that are this schema's own.</summary>
    public ImmutableArray<ScimAttribute> Own { get; }

    public ScimAttribute? Find(string name) => Own.Concat(Common).FirstOrDefault(attribute => attribute.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The attribute of a path; null where the path names none that is kept.</summary>
    public ScimAttribute? Find(ScimPath path) => path.Schema is null || path.Schema.Equals(Id, StringComparison.OrdinalIgnoreCase) ? Find(path.Attribute) : null;

    /// <summary>Whether a path is of something that is taken and not kept: other schemas, and what the RFC has beyond ours.</summary>
    public bool Disregards(ScimPath path) =>
        path.Schema is { } schema && !schema.Equals(Id, StringComparison.OrdinalIgnoreCase)
        || path.Attribute.Equals("schemas", StringComparison.OrdinalIgnoreCase) || (_takesMore && NotKept.Contains(path.Attribute));

    /// <summary>What of a body is kept, under the names of the schema and with values of its types; null where something is wrong.</summary>
    public JsonObject? Take(JsonObject body, out ScimError? error)
    {
        if (Member(body, "schemas") is not JsonArray schemas || !schemas.Any(one => one is JsonValue value && value.TryGetValue<string>(out var name) && name.Equals(Id, StringComparison.OrdinalIgnoreCase)))
        {
            error = ScimError.BadValue($"schemas: has to name {Id}");
            return null;
        }

        var taken = new JsonObject();
        foreach (var (name, value) in body)
        {
            if (ScimPath.Parse(name) is { Sub: null } path && Find(path) is { } attribute)
            {
                if (attribute.ReadOnly)
                    continue;
                if (taken.ContainsKey(attribute.Name))
                {
                    error = ScimError.BadSyntax($"{attribute.Name} stands twice");
                    return null;
                }

                var read = ScimValues.Read(attribute, value, out error);
                if (error is not null)
                    return null;
                if (read is not null)
                    taken[attribute.Name] = read;
            }
            else if (!name.StartsWith("urn:", StringComparison.OrdinalIgnoreCase) && (ScimPath.Parse(name) is not { } other || !Disregards(other)))
            {
                error = ScimError.BadSyntax($"'{ScimError.Cut(name)}' is not an attribute of {Name}");
                return null;
            }
        }

        error = null;
        return taken;
    }

    /// <summary>The schema as RFC 7643, section 7, has it.</summary>
    public JsonObject ToJson(Uri root) => new()
    {
        ["schemas"] = new JsonArray("urn:ietf:params:scim:schemas:core:2.0:Schema"),
        ["id"] = Id,
        ["name"] = Name,
        ["description"] = Description,
        ["attributes"] = new JsonArray([.. Own.Select(attribute => (JsonNode)ToJson(attribute))]),
        ["meta"] = new JsonObject { ["resourceType"] = "Schema", ["location"] = new Uri(root, $"Schemas/{Id}").ToString() },
    };

    /// <summary>The member of an object under a name, without regard to case.</summary>
    public static JsonNode? Member(JsonObject from, string name) => from.FirstOrDefault(member => member.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    private static JsonObject ToJson(ScimAttribute attribute)
    {
        var json = new JsonObject
        {
            ["name"] = attribute.Name, ["type"] = attribute.Type, ["multiValued"] = attribute.MultiValued, ["description"] = attribute.Description, ["required"] = attribute.Required,
            ["mutability"] = attribute.ReadOnly ? "readOnly" : "readWrite", ["returned"] = "default",
        };
        if (attribute.Type is "string" or "reference")
            (json["caseExact"], json["uniqueness"]) = (attribute.CaseExact, attribute.Unique ? "server" : "none");
        if (attribute.Type == "reference")
            json["referenceTypes"] = new JsonArray(attribute.Name == "location" ? "uri" : "User");
        if (!attribute.Parts.IsEmpty)
            json["subAttributes"] = new JsonArray([.. attribute.Parts.Select(part => (JsonNode)ToJson(part))]);
        return json;
    }
}
