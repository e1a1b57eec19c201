using System.Text;
using System.Text.Json;
using Writ.Cedar.Json;
using Writ.Cedar.Values;

namespace Writ.Cedar.Tests.Json;

public sealed class ValueJsonTests
{
    [Theory]
    [InlineData("true", "true")]
    [InlineData("9007199254740993", "9007199254740993")]
    [InlineData("9223372036854775807", "9223372036854775807")]
    [InlineData("-9223372036854775808", "-9223372036854775808")]
    [InlineData("\"\\u00e9\\ud83d\\ude00\"", "\"\u00e9\U0001f600\"")]
    [InlineData("[1, 1, \"a\", []]", "[1, \"a\", []]")]
    [InlineData("{\"b\": 1, \"a\": {\"\": false}}", "{a: {\"\": false}, b: 1}")]
    [InlineData("{\"__entity\": {\"type\": \"N::T\", \"id\": \"x\"}}", "N::T::\"x\"")]
    [InlineData("{\"__extn\": {\"fn\": \"ip\", \"arg\": \"10.0.0.1\"}}", "ip(\"10.0.0.1/32\")")]
    [InlineData("{\"__extn\": {\"fn\": \"offset\", \"args\": [{\"__extn\": {\"fn\": \"datetime\", \"arg\": \"1970-01-01\"}}, {\"__extn\": {\"fn\": \"duration\", \"arg\": \"1d\"}}]}}", "datetime(\"1970-01-02\")")]
    public void A_value_is_read(string json, string value)
    {
        Assert.True(ValueJson.Read(json).TryGet(out var read, out _));
        Assert.Equal(value, read.ToString());
    }

    [Theory]
    [InlineData("null", "", "no null")]
    [InlineData("[1, null]", "/1", "no null")]
    [InlineData("1.5", "", "a number is an integer")]
    [InlineData("1.0", "", "a number is an integer")]
    [InlineData("1e2", "", "a number is an integer")]
    [InlineData("-0", "", "a number is an integer")]
    [InlineData("9223372036854775808", "", "a number is an integer")]
    [InlineData("{\"a\": {\"b\": 1, \"b\": 2}}", "/a/b", "twice")]
    [InlineData("{\"a/b~c\": null}", "/a~1b~0c", "no null")]
    [InlineData("{\"__entity\": \"T::a\"}", "/__entity", "expected an entity")]
    [InlineData("{\"__entity\": {\"type\": \"T\"}}", "/__entity", "\"id\" is missing")]
    [InlineData("{\"__entity\": {\"type\": \"a b\", \"id\": \"\"}}", "/__entity/type", "not the name of an entity type")]
    [InlineData("{\"__entity\": {\"type\": \"T\", \"id\": 1}}", "/__entity/id", "expected the id")]
    [InlineData("{\"__entity\": {\"type\": \"T\", \"id\": \"a\", \"x\": 1}}", "/__entity/x", "not known")]
    [InlineData("{\"__extn\": {\"fn\": \"ip\", \"arg\": \"x\"}}", "/__extn", "not valid")]
    [InlineData("{\"__extn\": {\"fn\": \"nope\", \"arg\": \"x\"}}", "/__extn/fn", "no extension function")]
    [InlineData("{\"__extn\": {\"fn\": \"ip\"}}", "/__extn", "either")]
    [InlineData("{\"__extn\": {\"fn\": \"ip\", \"args\": []}}", "/__extn", "takes 1 argument")]
    [InlineData("{\"__expr\": \"1 + 1\"}", "/__expr", "no longer")]
    public void What_is_no_value_is_refused_with_a_pointer(string json, string pointer, string message)
    {
        var diagnostic = Refusal(ValueJson.Read(json));
        Assert.Equal(pointer, diagnostic.Pointer);
        Assert.Contains(message, diagnostic.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{\"a\": 01}")]
    [InlineData("[1,]")]
    [InlineData("// x\n1")]
    [InlineData("1 2")]
    public void What_is_not_json_is_refused_with_its_place(string json) => Assert.True(Refusal(ValueJson.Read(json)).Position.IsKnown);

    [Fact]
    public void Half_a_surrogate_pair_and_bad_utf8_are_refused()
    {
        Assert.Contains("surrogate", Refusal(ValueJson.Read("\"\\ud800\"")).Message);
        Assert.Contains("surrogate", Refusal(ValueJson.Read("{\"\\udc00\": 1}")).Message);
        Assert.Contains("not UTF-8", Refusal(ValueJson.Read(new byte[] { (byte)'"', 0xff, (byte)'"' })).Message);
    }

    [Fact]
    public void A_document_that_is_too_long_is_refused_unread() =>
        Assert.Contains("longer than 5 bytes", Refusal(ValueJson.Read("\"aaaaaa\"", new JsonOptions { MaxBytes = 5 })).Message);

    [Fact]
    public void A_context_is_a_record_and_may_come_from_a_parsed_document()
    {
        using var document = JsonDocument.Parse("{\"context\": {\"a\": 9007199254740993}, \"other\": []}");
        Assert.True(ValueJson.ReadRecord(document.RootElement.GetProperty("context")).TryGet(out var record, out _));
        Assert.Equal(RecordValue.Of(("a", 9_007_199_254_740_993)), record);
        Assert.Contains("expected an object, found an array", Refusal(ValueJson.ReadRecord(document.RootElement.GetProperty("other"))).ToString());
    }

    [Fact]
    public void The_source_is_named_in_what_is_reported() =>
        Assert.StartsWith("request.json:#/a: ", Refusal(ValueJson.Read(Encoding.UTF8.GetBytes("{\"a\": null}"), new JsonOptions { SourceName = "request.json" })).ToString());

    private static Diagnostic Refusal<T>(ParseResult<T> result)
        where T : class => Assert.Single(Assert.IsType<ParseResult<T>.Failure>(result, exactMatch: false).Diagnostics);
}
