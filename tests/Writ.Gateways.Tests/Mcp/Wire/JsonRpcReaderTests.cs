using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Writ.Gateways.Mcp.Wire;

namespace Writ.Gateways.Tests.Mcp.Wire;

public sealed class JsonRpcReaderTests
{
    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"m"}""", "1")]
    [InlineData("""{"jsonrpc":"2.0","id":"1","method":"m","params":{}}""", "\"1\"")]
    [InlineData("""{"jsonrpc":"2.0","id":-9007199254740993,"method":"m"}""", "-9007199254740993")]
    [InlineData(""" {"method":"m","id":"\u0041é","jsonrpc":"2.0","unknown":{}} """, "\"\\u0041é\"")]
    public void A_request_keeps_its_id_as_it_was_written(string text, string id)
    {
        var request = Assert.IsType<JsonRpcMessage.Request>(Read(text));
        Assert.Equal(id, request.Id.Token);
        Assert.StartsWith($$"""{"jsonrpc":"2.0","id":{{id}},""", Encoding.UTF8.GetString(JsonRpcWriter.Error(request.Id, 1, "x")), StringComparison.Ordinal);
    }

    [Fact]
    public void The_four_kinds_of_message_are_told_apart()
    {
        Assert.IsType<JsonRpcMessage.Notification>(Read("""{"jsonrpc":"2.0","method":"m"}"""));
        Assert.IsType<JsonRpcMessage.Result>(Read("""{"jsonrpc":"2.0","id":1,"result":{}}"""));
        Assert.IsType<JsonRpcMessage.Error>(Read("""{"jsonrpc":"2.0","id":1,"error":{"code":1,"message":""}}"""));
        Assert.Null(Assert.IsType<JsonRpcMessage.Error>(Read("""{"jsonrpc":"2.0","id":null,"error":{"code":1,"message":""}}""")).Id);
    }

    [Theory]
    [InlineData("", -32700)]
    [InlineData("{", -32700)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"m",}""", -32700)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"m"}{}""", -32700)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"m"/**/}""", -32700)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"a","method":"b"}""", -32700)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"m","params":{"a":1,"\u0061":2}}""", -32700)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"m","params":{"a":"\ud800"}}""", -32700)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"m","params":{"a":"\udc00\ud800"}}""", -32700)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"m","params":{"a":"\ud800x\udc00"}}""", -32700)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"m","params":{"a":"\ud800\n"}}""", -32700)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"m","params":{"\ud800":1}}""", -32700)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"result":{"a":[{"x\udc00":1,"b":2}]}}""", -32700)]
    [InlineData("[]", -32600)]
    [InlineData("""[{"jsonrpc":"2.0","id":1,"method":"m"}]""", -32600)]
    [InlineData("1", -32600)]
    [InlineData("{}", -32600)]
    [InlineData("""{"jsonrpc":"1.0","id":1,"method":"m"}""", -32600)]
    [InlineData("""{"jsonrpc":2.0,"id":1,"method":"m"}""", -32600)]
    [InlineData("""{"id":1,"method":"m"}""", -32600)]
    [InlineData("""{"jsonrpc":"2.0","id":null,"method":"m"}""", -32600)]
    [InlineData("""{"jsonrpc":"2.0","id":1.5,"method":"m"}""", -32600)]
    [InlineData("""{"jsonrpc":"2.0","id":1e3,"method":"m"}""", -32600)]
    [InlineData("""{"jsonrpc":"2.0","id":99999999999999999999,"method":"m"}""", -32600)]
    [InlineData("""{"jsonrpc":"2.0","id":[1],"method":"m"}""", -32600)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":7}""", -32600)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":""}""", -32600)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"m","params":[1]}""", -32600)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"m","params":null}""", -32600)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"m","result":{}}""", -32600)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"result":{},"error":{"code":1,"message":""}}""", -32600)]
    [InlineData("""{"jsonrpc":"2.0","result":{}}""", -32600)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"result":1}""", -32600)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"error":{"code":"1","message":""}}""", -32600)]
    public void What_is_not_a_message_is_refused_with_the_protocols_code(string text, int code) =>
        Assert.Equal(code, Assert.IsType<JsonRpcRead.Refused>(JsonRpcReader.Read(Encoding.UTF8.GetBytes(text))).Code);

    [Fact]
    public void Text_that_is_not_utf8_or_carries_a_mark_is_refused()
    {
        byte[][] bad = [[.. "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\""u8, 0xC0, 0xAF, .. "\"}"u8], [0xEF, 0xBB, 0xBF, .. "{}"u8], [.. "\"\xED\xA0\x80\""u8]];
        Assert.All(bad, b => Assert.IsType<JsonRpcRead.Refused>(JsonRpcReader.Read(b)));
    }

    [Fact]
    public void Nesting_is_bounded_at_64()
    {
        string Nested(int depth) => """{"jsonrpc":"2.0","id":1,"method":"m","params":{"a":""" + new string('[', depth - 2) + new string(']', depth - 2) + "}}";
        Assert.IsType<JsonRpcMessage.Request>(Read(Nested(64)));
        Assert.IsType<JsonRpcRead.Refused>(JsonRpcReader.Read(Encoding.UTF8.GetBytes(Nested(65))));
        Assert.IsType<JsonRpcRead.Refused>(JsonRpcReader.Read(Encoding.UTF8.GetBytes(Nested(1_000_000))));
    }

    [Fact]
    public void The_id_of_a_refused_message_is_given_back_where_it_can_be_read()
    {
        var refused = Assert.IsType<JsonRpcRead.Refused>(JsonRpcReader.Read("""{"jsonrpc":"1.0","id":"x","method":"m"}"""u8));
        Assert.Equal("\"x\"", refused.Id?.Token);
    }

    [Fact]
    public void Surrogate_pairs_and_escaped_backslashes_are_fine() =>
        Assert.IsType<JsonRpcMessage.Notification>(Read("""{"jsonrpc":"2.0","method":"m","params":{"a":"\ud83d\ude00 \\ud800 \\\\ \u0041"}}"""));

    [Fact]
    public void Any_bytes_at_all_give_an_answer_and_never_an_exception()
    {
        var seeds = new[] { """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"\ud83d\ude00"}}""", """{"jsonrpc":"2.0","id":"a","error":{"code":1,"message":"x"}}""" };
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(5_000), Prop.ForAll(
            ArbMap.Default.ArbFor<(byte[] Noise, int At, byte Change)>(),
            input =>
            {
                JsonRpcReader.Read(input.Noise);
                var text = Encoding.UTF8.GetBytes(seeds[(uint)input.At % 2]);
                text[(uint)input.At % text.Length] = input.Change;
                JsonRpcReader.Read(text);
                JsonRpcReader.Read(text.AsSpan(0, (int)((uint)input.At % text.Length)));
                return true;
            }));
    }

    private static JsonRpcMessage Read(string text) => Assert.IsType<JsonRpcRead.Accepted>(JsonRpcReader.Read(Encoding.UTF8.GetBytes(text))).Message;
}
