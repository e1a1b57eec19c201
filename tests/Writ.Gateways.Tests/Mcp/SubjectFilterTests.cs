using System.Text.Json;
using Writ.Gateways.Mcp;
using Writ.Gateways.Mcp.Governed;

namespace Writ.Gateways.Tests.Mcp;

/// <summary>What comes back of a result that is filtered to the user acted for.</summary>
public sealed class SubjectFilterTests
{
    [Theory]
    [InlineData("""{"owner":"u1","x":1}""", """{"owner":"u1","x":1}""")]
    [InlineData("""{"owner":"u2","x":1}""", "{}")]
    [InlineData("""{"owner":7,"x":1}""", "{}")]
    [InlineData("""{"owner":null,"x":1}""", "{}")]
    [InlineData("""{"owner":["u1"],"x":1}""", "{}")]
    [InlineData("""{"Owner":"u1","x":1}""", "{}")]
    [InlineData("""[{"owner":"u1","x":1},{"owner":"u2","x":2},{"x":3},4]""", """[{"owner":"u1","x":1}]""")]
    [InlineData("""{"total":2,"items":[{"owner":"u2"},{"owner":"u1"}],"more":{"x":[1]}}""", """{"items":[{"owner":"u1"}]}""")]
    [InlineData("""{"owner":"u1","lines":[{"sku":1},[2],{"owner":"u2","sku":3}],"deep":{"a":{"owner":"u2"},"b":5}}""", """{"owner":"u1","lines":[{"sku":1},[2]],"deep":{"b":5}}""")]
    [InlineData("""{"owner":"u2","mine":{"owner":"u1"}}""", "{}")]
    public void Only_what_lies_inside_an_object_that_names_the_user_comes_back(string result, string left) =>
        Assert.Equal(left, SubjectFilter.Apply(JsonElement.Parse(result), "u1", ["owner"]).GetRawText());

    [Theory]
    [InlineData("""{"owner":"u1","tenant":"u1","x":1}""", """{"owner":"u1","tenant":"u1","x":1}""")]
    [InlineData("""{"owner":"u1","x":1}""", "{}")]
    [InlineData("""{"owner":"u1","tenant":"u2","x":1}""", "{}")]
    public void Of_two_fields_both_have_to_hold_the_user(string result, string left) =>
        Assert.Equal(left, SubjectFilter.Apply(JsonElement.Parse(result), "u1", ["owner", "tenant"]).GetRawText());

    [Fact]
    public void A_number_is_the_user_only_as_it_is_written()
    {
        Assert.Equal("""{"owner":7}""", SubjectFilter.Apply(JsonElement.Parse("""{"owner":7}"""), "7", ["owner"]).GetRawText());
        Assert.Equal("{}", SubjectFilter.Apply(JsonElement.Parse("""{"owner":7.0}"""), "7", ["owner"]).GetRawText());
    }

    [Fact]
    public void Texts_are_filtered_as_what_they_hold_and_withheld_where_they_hold_nothing_that_can_be_told()
    {
        var rules = new ResultRules { Subject = "u1", SubjectFields = ["owner"], RedactedFields = ["owner"] };
        var shaped = ResultShaper.Apply(rules, JsonElement.Parse("""
            {"content":[{"type":"text","text":"[{\"owner\":\"u1\",\"x\":1},{\"owner\":\"u2\",\"x\":2}]"},{"type":"text","text":"u2 owes 5"},{"type":"image","data":"u2"}],
             "structuredContent":{"owner":"u2"},"x-beside":"u2"}
            """)).GetRawText();
        Assert.DoesNotContain("u2", shaped, StringComparison.Ordinal);
        Assert.Contains("redacted", shaped, StringComparison.Ordinal);
        Assert.Contains("withheld", shaped, StringComparison.Ordinal);
        Assert.DoesNotContain("\"u1\"", shaped, StringComparison.Ordinal);
    }
}
