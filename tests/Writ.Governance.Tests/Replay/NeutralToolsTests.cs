using Writ.Governance.Replay;

namespace Writ.Governance.Tests.Replay;

public sealed class NeutralToolsTests
{
    [Theory]
    [InlineData("str", """{"type":"string"}""")]
    [InlineData("int", """{"type":"integer"}""")]
    [InlineData("float", """{"type":"number"}""")]
    [InlineData("bool", """{"type":"boolean"}""")]
    [InlineData("dict[str, Any]", """{"type":"object"}""")]
    [InlineData("list", """{"type":"array"}""")]
    [InlineData("list[str]", """{"type":"array","items":{"type":"string"}}""")]
    [InlineData("List[int | None]", """{"type":"array","items":{"type":["integer","null"]}}""")]
    [InlineData("str | None", """{"type":["string","null"]}""")]
    [InlineData("list[dict] | None", """{"type":["array","null"],"items":{"type":"object"}}""")]
    [InlineData("str | Any", "{}")]
    [InlineData("SharingPermission", "{}")]
    [InlineData("list[EmailStr]", """{"type":"array","items":{}}""")]
    public void Python_types_are_read_as_JSON_Schema(string annotation, string schema) =>
        Assert.Equal(schema, NeutralTypes.SchemaOf(annotation).ToJsonString());

    [Theory]
    [InlineData("not JSON", "{", "line 1")]
    [InlineData("an effect class nobody knows", """{"s":[{"name":"x","effect":"fly","untrusted_source":false}]}""", "effect")]
    [InlineData("an unknown member", """{"s":[{"name":"x","effect":"read","untrusted_source":false,"price":1}]}""", "price")]
    [InlineData("a missing member", """{"s":[{"name":"x","effect":"read"}]}""", "untrusted_source")]
    [InlineData("no tools", """{"s":[]}""", "no tools")]
    [InlineData("no name for a server", """{"The Suite":[{"name":"x","effect":"read","untrusted_source":false}]}""", "The Suite")]
    [InlineData("two suites of one name", """{"a_b":[{"name":"x","effect":"read","untrusted_source":false}],"a-b":[{"name":"x","effect":"read","untrusted_source":false}]}""", "a-b")]
    [InlineData("two tools of one name", """{"s":[{"name":"x","effect":"read","untrusted_source":false},{"name":"x","effect":"money","untrusted_source":false}]}""", "two tools named 'x'")]
    [InlineData("a tool of no possible name", """{"s":[{"name":"x y","effect":"read","untrusted_source":false}]}""", "name")]
    public void A_tools_file_that_is_wrong_anywhere_is_refused_whole(string what, string tools, string says)
    {
        Assert.NotEmpty(what);
        var refused = Assert.IsType<ReplayWorldMaking.ToolsRefused>(Recording.Make(Recording.Bundle("permit (principal, action, resource);"), tools));
        Assert.Contains(says, refused.Problem, StringComparison.Ordinal);
        Assert.IsType<ReplayWorldMaking.Made>(Recording.Make(Recording.Bundle("permit (principal, action, resource);"), Recording.Tools));
    }
}
