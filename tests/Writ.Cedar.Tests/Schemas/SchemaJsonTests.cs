using Writ.Cedar.Entities;
using Writ.Cedar.Json;
using Writ.Cedar.Schemas;

namespace Writ.Cedar.Tests.Schemas;

public sealed class SchemaJsonTests
{
    [Fact]
    public void What_only_json_can_say_is_resolved()
    {
        var schema = Resolve("""
            {"": {"commonTypes": {"T": {"type": "Record", "attributes": {"x": {"type": "Boolean", "required": false}}}},
                  "entityTypes": {"T": {}, "U": {"shape": {"type": "T"}, "tags": {"type": "Entity", "name": "T"}, "memberOfTypes": ["T"]}},
                  "actions": {"a": {"appliesTo": {"principalTypes": ["U"], "resourceTypes": ["T"], "context": {"type": "T"}}, "memberOf": [{"id": "b"}]},
                              "b": {"appliesTo": null, "memberOf": null, "attributes": {}}}}}
            """);
        var user = schema.EntityTypes[EntityTypeName.Parse("U")];
        Assert.Equal("{x?: __cedar::Bool}", user.Shape.ToString());
        Assert.Equal("T", user.Tags!.ToString());
        Assert.Equal("{x?: __cedar::Bool}", schema.Actions[new EntityUid("Action", "a")].Context.ToString());
    }

    [Theory]
    [InlineData("""{"": {"commonTypes": {"T": {"type": "Record", "attributes": {}}}, "entityTypes": {"U": {"shape": {"type": "T"}}}, "actions": {}}}""", "only JSON can say")]
    [InlineData("""{"": {"commonTypes": {"T": {"type": "Long"}}, "entityTypes": {"T": {}, "U": {"tags": {"type": "Entity", "name": "T"}}}, "actions": {}}}""", "only JSON can say")]
    public void What_only_json_can_say_is_not_written_as_text(string json, string message)
    {
        Assert.True(SchemaJson.Read(json).TryGet(out var document, out _));
        Assert.Contains(message, document.Print().ToString());
    }

    [Fact]
    public void Hidden_built_in_types_keep_their_meaning_in_text()
    {
        Assert.True(SchemaJson.Read("""{"": {"entityTypes": {"Long": {}, "ipaddr": {}, "U": {"tags": {"type": "Set", "element": {"type": "Long"}}, "shape": {"type": "Record", "attributes": {"a": {"type": "Extension", "name": "ipaddr"}, "b": {"type": "Entity", "name": "Long"}}}}}, "actions": {}}}""").TryGet(out var document, out _));
        Assert.True(document.Print().TryGet(out var text, out _));
        var user = Cedar.Schema(text).EntityTypes[EntityTypeName.Parse("U")];
        Assert.Equal("{a: __cedar::ipaddr, b: Long}", user.Shape.ToString());
        Assert.Equal("Set<__cedar::Long>", user.Tags!.ToString());
    }

    [Theory]
    [InlineData("""[]""", "", "an object of namespaces")]
    [InlineData("""{"": {"entityTypes": {}}}""", "/", "\"actions\" is missing")]
    [InlineData("""{"": {"entityTypes": {}, "actions": {}, "x": 1}}""", "//x", "not known")]
    [InlineData("""{"a b": {"entityTypes": {}, "actions": {}}}""", "/a b", "not the name of a namespace")]
    [InlineData("""{"": {"entityTypes": {"a b": {}}, "actions": {}}}""", "//entityTypes/a b", "is not a name")]
    [InlineData("""{"": {"entityTypes": {"A": {"enum": []}}, "actions": {}}}""", "//entityTypes/A/enum", "at least one id")]
    [InlineData("""{"": {"entityTypes": {"A": {"enum": ["a"], "tags": {"type": "Long"}}}, "actions": {}}}""", "//entityTypes/A", "has no \"tags\"")]
    [InlineData("""{"": {"entityTypes": {"A": {"memberOfTypes": ["b c"]}}, "actions": {}}}""", "//entityTypes/A/memberOfTypes/0", "is not the name of an entity type")]
    [InlineData("""{"": {"entityTypes": {"A": {"tags": {"type": "Set"}}}, "actions": {}}}""", "//entityTypes/A/tags", "\"element\" is missing")]
    [InlineData("""{"": {"entityTypes": {"A": {"tags": {"type": "Long", "name": "x"}}}, "actions": {}}}""", "//entityTypes/A/tags/name", "has no \"name\"")]
    [InlineData("""{"": {"entityTypes": {"A": {"tags": {"type": "Long", "required": true}}}, "actions": {}}}""", "//entityTypes/A/tags/required", "has no \"required\"")]
    [InlineData("""{"": {"entityTypes": {"A": {"shape": {"type": "Record", "attributes": {"a": {"type": "Long", "required": 1}}}}}, "actions": {}}}""", "//entityTypes/A/shape/attributes/a/required", "true or false")]
    [InlineData("""{"": {"entityTypes": {"A": {"shape": {"type": "Record", "attributes": {}, "additionalAttributes": true}}}, "actions": {}}}""", "//entityTypes/A/shape/additionalAttributes", "not supported")]
    [InlineData("""{"": {"entityTypes": {}, "actions": {"a": {"attributes": {"x": 1}}}}}""", "//actions/a/attributes", "no attributes")]
    [InlineData("""{"": {"entityTypes": {}, "actions": {"a": {"appliesTo": {"principalTypes": []}}}}}""", "//actions/a/appliesTo", "\"resourceTypes\" is missing")]
    [InlineData("""{"": {"entityTypes": {}, "actions": {"a": {"memberOf": [{"type": "Action"}]}}}}""", "//actions/a/memberOf/0", "\"id\" is missing")]
    [InlineData("""{"": {"entityTypes": {}, "actions": {}, "commonTypes": {"T": {"type": 1}}}}""", "//commonTypes/T/type", "the name of a type")]
    [InlineData("""{"": {"entityTypes": {}, "actions": {}, "annotations": {"a b": ""}}}""", "//annotations/a b", "not an identifier")]
    public void A_document_that_is_wrong_is_refused_where_it_is_wrong(string json, string pointer, string message)
    {
        var diagnostic = Assert.IsType<ParseResult<SchemaDocument>.Failure>(SchemaJson.Read(json)).Diagnostics[0];
        Assert.Equal(pointer, diagnostic.Pointer);
        Assert.Contains(message, diagnostic.ToString());
    }

    [Fact]
    public void Types_nest_only_so_deep()
    {
        string Nested(int depth) => """{"": {"entityTypes": {}, "actions": {}, "commonTypes": {"T": """
            + string.Concat(Enumerable.Repeat("""{"type": "Set", "element": """, depth)) + """{"type": "Long"}""" + new string('}', depth + 3);
        Assert.True(SchemaJson.Read(Nested(99)).TryGet(out _, out _));
        Assert.Contains("limit guards the stack", SchemaJson.Read(Nested(100)).ToString());
    }

    private static Schema Resolve(string json)
    {
        Assert.True(SchemaJson.Read(json).TryGet(out var document, out var problems), string.Join('\n', problems));
        Assert.True(Schema.Create(document).TryGet(out var schema, out problems), string.Join('\n', problems));
        return schema;
    }
}
