using System.Text.Json.Nodes;
using Writ.Server.Scim;

namespace Writ.Server.Tests.Scim;

public sealed class ScimPatchTests
{
    private const string User = """{"id":"u-1","userName":"babs","name":{"givenName":"Barbara"},"active":true,"emails":[{"value":"w@x.example","type":"work","primary":true}]}""";
    private const string Group = """{"id":"g","displayName":"Tour Guides","members":[{"value":"u-1"},{"value":"u-2"}]}""";

    [Theory]
    // Entra: capitals, words for booleans, filters that match nothing yet, members to remove beside the path.
    [InlineData("""{"op":"Replace","path":"active","value":"False"}""", "active", "false")]
    [InlineData("""{"op":"Add","path":"emails[type eq \"home\"].value","value":"h@x.example"}""", "emails", """[{"value":"w@x.example","type":"work","primary":true},{"type":"home","value":"h@x.example"}]""")]
    [InlineData("""{"op":"Replace","path":"emails[type eq \"work\"].value","value":"n@x.example"}""", "emails", """[{"value":"n@x.example","type":"work","primary":true}]""")]
    [InlineData("""{"op":"Add","value":{"name.familyName":"Jensen","displayName":"Babs"}}""", "name", """{"givenName":"Barbara","familyName":"Jensen"}""")]
    [InlineData("""{"op":"Replace","path":"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department","value":"x"}""", "userName", "\"babs\"")]
    [InlineData("""{"op":"Add","path":"title","value":"x"}""", "title", "null")]
    // Okta: no path, the id beside.
    [InlineData("""{"op":"replace","value":{"id":"u-1","active":false}}""", "active", "false")]
    // RFC 7644, sections 3.5.2.1 to 3.5.2.3.
    [InlineData("""{"op":"add","path":"emails","value":[{"value":"h@x.example","primary":true}]}""", "emails", """[{"value":"w@x.example","type":"work","primary":false},{"value":"h@x.example","primary":true}]""")]
    [InlineData("""{"op":"replace","path":"emails","value":[{"value":"h@x.example"}]}""", "emails", """[{"value":"h@x.example"}]""")]
    [InlineData("""{"op":"remove","path":"emails[type eq \"work\" and value ew \"x.example\"]"}""", "emails", "[]")]
    [InlineData("""{"op":"remove","path":"emails"}""", "emails", "null")]
    [InlineData("""{"op":"remove","path":"emails[type eq \"work\"].primary"}""", "emails", """[{"value":"w@x.example","type":"work"}]""")]
    [InlineData("""{"op":"replace","path":"name.givenName","value":"B"}""", "name", """{"givenName":"B"}""")]
    [InlineData("""{"op":"replace","path":"urn:ietf:params:scim:schemas:core:2.0:User:userName","value":"b"}""", "userName", "\"b\"")]
    public void A_user_changes_as_the_directory_means_it(string operation, string attribute, string expected)
    {
        var resource = JsonNode.Parse(User)!.AsObject();
        Assert.Null(Apply(ScimSchema.User, resource, operation));
        Assert.Equal(expected, resource[attribute]?.ToJsonString() ?? "null");
    }

    [Theory]
    [InlineData("""{"op":"Remove","path":"members","value":[{"value":"u-1"}]}""", "u-2")]
    [InlineData("""{"op":"remove","path":"members[value eq \"u-1\"]"}""", "u-2")]
    [InlineData("""{"op":"remove","path":"members[value eq \"nobody\"]"}""", "u-1 u-2")]
    [InlineData("""{"op":"add","path":"members","value":[{"value":"u-3","display":"x","$ref":"y"},{"value":"u-1"}]}""", "u-1 u-2 u-3")]
    [InlineData("""{"op":"replace","path":"members","value":[{"value":"u-9"}]}""", "u-9")]
    [InlineData("""{"op":"replace","value":{"members":[],"id":"g"}}""", "")]
    [InlineData("""{"op":"remove","path":"members"}""", "")]
    public void A_group_changes_its_members(string operation, string members)
    {
        var resource = JsonNode.Parse(Group)!.AsObject();
        Assert.Null(Apply(ScimSchema.Group, resource, operation));
        Assert.Equal(members, string.Join(' ', (resource["members"] as JsonArray ?? []).Select(one => one!["value"]!.GetValue<string>()).Order(StringComparer.Ordinal)));
    }

    [Theory]
    [InlineData("""{"op":"replace","path":"id","value":"x"}""", "mutability")]
    [InlineData("""{"op":"replace","path":"meta.version","value":"x"}""", "mutability")]
    [InlineData("""{"op":"add","path":"groups","value":[{"value":"g"}]}""", "mutability")]
    [InlineData("""{"op":"replace","path":"capabilities","value":["security"]}""", "invalidPath")]
    [InlineData("""{"op":"replace","value":{"capabilities":["security"]}}""", "invalidPath")]
    [InlineData("""{"op":"replace","path":"name.middle","value":"x"}""", "invalidPath")]
    [InlineData("""{"op":"replace","path":"emails[type eq","value":"x"}""", "invalidPath")]
    [InlineData("""{"op":"replace","path":7,"value":"x"}""", "invalidPath")]
    [InlineData("""{"op":"replace","path":"userName[a pr]","value":"x"}""", "invalidPath")]
    [InlineData("""{"op":"replace","path":"emails[type co \"other\"].value","value":"x"}""", "noTarget")]
    [InlineData("""{"op":"remove"}""", "noTarget")]
    [InlineData("""{"op":"replace","path":"active","value":"perhaps"}""", "invalidValue")]
    [InlineData("""{"op":"replace","path":"userName","value":7}""", "invalidValue")]
    [InlineData("""{"op":"add","path":"emails","value":[{"type":"work"}]}""", "invalidValue")]
    [InlineData("""{"op":"add","path":"emails","value":[null]}""", "invalidValue")]
    [InlineData("""{"op":"move","path":"active","value":true}""", "invalidSyntax")]
    [InlineData("""{"path":"active","value":true}""", "invalidSyntax")]
    [InlineData("""{"op":"add","path":"emails"}""", "invalidValue")]
    [InlineData("""{"op":"add","path":"emails","value":null}""", "invalidValue")]
    [InlineData("""{"op":"replace","path":"active"}""", "invalidValue")]
    [InlineData("7", "invalidSyntax")]
    public void What_makes_no_sense_is_refused_by_the_words_of_the_RFC(string operation, string type) =>
        Assert.Equal(type, Apply(ScimSchema.User, JsonNode.Parse(User)!.AsObject(), operation)?.Type);

    [Fact]
    public void A_patch_is_one_by_its_schema_and_has_a_bound()
    {
        Assert.Equal("invalidSyntax", ScimPatch.Apply(ScimSchema.User, [], new JsonObject { ["Operations"] = new JsonArray() })?.Type);
        var many = string.Join(',', Enumerable.Repeat("""{"op":"replace","path":"active","value":true}""", ScimPatch.MostOperations + 1));
        Assert.Equal("invalidSyntax", Apply(ScimSchema.User, JsonNode.Parse(User)!.AsObject(), many)?.Type);
    }

    private static ScimError? Apply(ScimSchema schema, JsonObject resource, string operations) => ScimPatch.Apply(
        schema, resource, JsonNode.Parse($$"""{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{{operations}}]}""")!.AsObject());
}
