using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Writ.Gateways.Mcp;
using Writ.Gateways.Mcp.Governed;

namespace Writ.Gateways.Tests.Mcp;

public sealed class ResultShaperTests
{
    [Fact]
    public void Without_rules_a_result_is_the_same_value()
    {
        var result = JsonElement.Parse("""{"content":[],"x":1e2}""");
        Assert.Equal(result.GetRawText(), ResultShaper.Apply(ResultRules.None, result).GetRawText());
    }

    [Fact]
    public void Redacted_fields_are_replaced_at_any_depth_in_both_forms_of_content()
    {
        var shaped = Apply(new ResultRules { RedactedFields = ["ssn"] }, """
            {"_meta":{"ssn":"123"},"x":"123","structuredContent":{"a":[{"ssn":"123","b":{"ssn":{"deep":"123"},"c":1}}]},
             "content":[{"type":"text","text":"{\"ssn\":\"123\",\"name\":\"x\"}","annotations":{"ssn":"123"}}],"isError":false}
            """);
        Assert.Equal("""{"isError":false,"structuredContent":{"a":[{"ssn":"[redacted]","b":{"ssn":"[redacted]","c":1}}]},"content":[{"type":"text","text":"{\"ssn\":\"[redacted]\",\"name\":\"x\"}"}]}""", shaped);
    }

    [Theory]
    [InlineData("""{"type":"text","text":"the ssn is 123"}""")]
    [InlineData("""{"type":"text","text":"\"123\""}""")]
    [InlineData("""{"type":"text","text":"{\"a\":1,\"a\":\"123\"}"}""")]
    [InlineData("""{"type":"image","data":"MTIz","mimeType":"image/png","note":"123"}""")]
    [InlineData("""{"type":"resource","resource":{"uri":"a","text":"123"}}""")]
    [InlineData("""{"type":"new","text":"123"}""")]
    [InlineData("\"123\"")]
    public void Content_without_fields_is_withheld_whole_where_fields_are_redacted(string item)
    {
        var shaped = Apply(new ResultRules { RedactedFields = ["ssn"] }, $$"""{"content":[{{item}}]}""");
        Assert.DoesNotContain("123", shaped, StringComparison.Ordinal);
        Assert.Contains("withheld", shaped, StringComparison.Ordinal);
    }

    [Fact]
    public void Content_past_the_limit_is_cut_at_a_character_and_says_so()
    {
        var shaped = Apply(new ResultRules { OutputLimit = 5 }, """{"content":[{"type":"text","text":"añb😀c"},{"type":"text","text":"more"},{"type":"image","data":"AAAA"}],"structuredContent":{"a":123},"x":"more"}""");
        Assert.Equal("""{"content":[{"type":"text","text":"añb"},{"type":"text","text":"m"},{"type":"text","text":"[cut: results of this call are limited to 5 bytes]"}]}""", shaped);
    }

    [Fact]
    public void Content_within_the_limit_is_whole()
    {
        var shaped = Apply(new ResultRules { OutputLimit = 100 }, """{"content":[{"type":"text","text":"abc"},{"type":"image","data":"AAAA","x":1}],"structuredContent":{"a":1}}""");
        Assert.Equal("""{"structuredContent":{"a":1},"content":[{"type":"text","text":"abc"},{"type":"image","data":"AAAA","x":1}]}""", shaped);
    }

    [Fact]
    public void No_result_ever_shows_more_than_its_limit_beyond_the_notice() => Check.One(
        Config.QuickThrowOnFailure,
        Prop.ForAll(ArbMap.Default.ArbFor<(NonNull<string>[] Texts, byte Limit)>(), input =>
        {
            var content = input.Texts.Select(t => new { type = "text", text = new string([.. t.Get.Where(c => !char.IsSurrogate(c))]) }).ToArray();
            var result = JsonSerializer.SerializeToElement(new { content });
            var shaped = ResultShaper.Apply(new ResultRules { OutputLimit = Math.Max(1, (int)input.Limit) }, result);
            var shown = shaped.GetProperty("content").EnumerateArray().Select(i => i.GetProperty("text").GetString()!).Where(t => !t.StartsWith("[cut: ", StringComparison.Ordinal));
            return shown.Sum(Encoding.UTF8.GetByteCount) <= Math.Max(1, (int)input.Limit);
        }));

    private static string Apply(ResultRules rules, string result) => ResultShaper.Apply(rules, JsonElement.Parse(result)).GetRawText();
}
