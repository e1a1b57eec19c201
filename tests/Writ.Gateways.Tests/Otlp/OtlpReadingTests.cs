using System.Text;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Writ.Gateways.Otlp;
using Writ.Governance.Telemetry;

namespace Writ.Gateways.Tests.Otlp;

/// <summary>Spans as they are written, in protobuf and in OTLP's JSON.</summary>
public sealed class OtlpReadingTests
{
    private const string Json = """
        {"resourceSpans":[{"scopeSpans":[{"scope":{"name":"s"},"spans":[{
          "traceId":"4BF92F3577B34DA6A3CE929D0E0E4736","spanId":"00f067aa0ba902b7","parentSpanId":"00f067aa0ba902b6","name":"execute_tool look","kind":1,
          "startTimeUnixNano":"1767323045000001999","endTimeUnixNano":1767323046000000000,
          "attributes":[{"key":"text","value":{"stringValue":"é"}},{"key":"yes","value":{"boolValue":true}},{"key":"many","value":{"intValue":"9007199254740993"}},
            {"key":"part","value":{"doubleValue":0.5}},{"key":"none","value":{"doubleValue":"NaN"}},{"key":"raw","value":{"bytesValue":"AAEC"}},
            {"key":"list","value":{"arrayValue":{"values":[{"intValue":1},{"stringValue":"two"}]}}},
            {"key":"map","value":{"kvlistValue":{"values":[{"key":"a","value":{"intValue":"-1"}}]}}},{"key":"empty","value":{}}],
          "events":[{"timeUnixNano":"1767323045500000000","name":"e","attributes":[{"key":"k","value":{"stringValue":"v"}}]}],
          "status":{"code":2,"message":"went wrong"},"unknownMember":[1]}]}],"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"agent"}}]}}]}
        """;

    [Fact]
    public void Both_encodings_say_the_same()
    {
        var fromJson = Assert.Single(OtlpJson.Read(Encoding.UTF8.GetBytes(Json)).Spans);
        var fromProtobuf = Assert.Single(OtlpProtobuf.Read(Request(Message())).Spans);
        foreach (var span in new[] { fromJson, fromProtobuf })
        {
            Assert.Equal(("4bf92f3577b34da6a3ce929d0e0e4736", 0x00f067aa0ba902b7ul, 0x00f067aa0ba902b6ul), (span.Trace.ToString("x32"), span.Span, span.Parent!.Value));
            Assert.Equal((1_767_323_045_000_001, 1_767_323_046_000_000, ReportedStatus.Error, "went wrong"), (span.Started, span.Ended, span.Status, span.StatusMessage));
            Assert.Equal(
                """{"text":"é","yes":true,"many":9007199254740993,"part":0.5,"none":"NaN","raw":"AAEC","list":[1,"two"],"map":{"a":-1},"empty":null}""",
                span.Attributes.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
            Assert.Equal(("e", 1_767_323_045_500_000, """{"k":"v"}"""), (span.Events[0].Name, span.Events[0].At, span.Events[0].Attributes.ToJsonString()));
            Assert.Equal("""{"service.name":"agent"}""", span.Resource.ToJsonString());
        }
    }

    [Theory]
    [InlineData("4BF92F3577B34DA6A3CE929D0E0E4736", "00000000000000000000000000000000", "its trace id")]
    [InlineData("4BF92F3577B34DA6A3CE929D0E0E4736", "S/kvNXezTaajzpKdDg5HNg==", "its trace id")] // base64, as plain protobuf JSON would have it
    [InlineData("\"00f067aa0ba902b7\"", "\"00f067aa0ba902b\"", "its span id")]
    [InlineData("1767323046000000000", "18446744073709551615", "its times lie")]
    [InlineData("\"1767323045000001999\"", "\"-1\"", "a member is not of the type")]
    [InlineData("\"name\":\"e\"", "\"name\":7", "a member is not of the type")]
    [InlineData("execute_tool look", "\\ud800", "a member is not of the type")]
    [InlineData("{\"boolValue\":true}", "{\"boolValue\":\"true\"}", "a member is not of the type")]
    [InlineData("\"9007199254740993\"", "\"99999999999999999999\"", "a member is not of the type")]
    public void A_span_that_is_none_is_counted_and_said_why(string from, string to, string problem)
    {
        Assert.Contains(from, Json);
        var batch = OtlpJson.Read(Encoding.UTF8.GetBytes(Json.Replace(from, to, StringComparison.Ordinal)));
        Assert.Empty(batch.Spans);
        Assert.Equal(1, batch.Rejected);
        Assert.StartsWith(problem, batch.Problem);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("""{"resourceSpans":{}}""")]
    [InlineData("""{"resourceSpans":[1]}""")]
    [InlineData("""{"resourceSpans":[],"resourceSpans":[]}""")]
    public void What_is_no_request_in_json_is_refused_whole(string body) => Assert.Throws<InvalidDataException>(() => OtlpJson.Read(Encoding.UTF8.GetBytes(body)));

    [Fact]
    public void Values_in_values_are_read_to_a_depth_and_no_deeper()
    {
        ProtobufWriter Value(int depth)
        {
            var (value, array) = (new ProtobufWriter(), new ProtobufWriter());
            if (depth == 0)
                value.Text(1, "deep");
            else
            {
                array.Bytes(1, Value(depth - 1).Written);
                value.Bytes(5, array.Written);
            }

            return value;
        }

        Assert.Single(OtlpProtobuf.Read(Request(Message(Value(SpanLimits.Depth - 1)))).Spans);
        Assert.StartsWith("its attributes lie", OtlpProtobuf.Read(Request(Message(Value(SpanLimits.Depth)))).Problem);
        Assert.Single(OtlpProtobuf.Read(Request(Message(Value(2_000)))).Problem!.Split('\n')); // and no stack is used up
    }

    [Fact]
    public void More_of_anything_than_is_taken_is_refused()
    {
        Assert.False(OtlpProtobuf.Read(Request([.. Enumerable.Repeat(Message(), SpanLimits.Spans)])).IsTooLong);
        Assert.True(OtlpProtobuf.Read(Request([.. Enumerable.Repeat(Message(), SpanLimits.Spans + 1)])).IsTooLong);
        Assert.StartsWith("it has more than 512 attributes", OtlpProtobuf.Read(Request(Message(attributes: SpanLimits.Attributes + 1))).Problem);
        Assert.StartsWith("it has more than 256 events", OtlpProtobuf.Read(Request(Message(events: SpanLimits.Events + 1))).Problem);
    }

    [Fact]
    public void Bytes_that_are_changed_anywhere_are_read_or_refused_and_never_worse()
    {
        var request = Request(Message());
        for (var at = 0; at < request.Length; at++)
        {
            foreach (var to in new byte[] { 0x00, 0x01, 0x7F, 0x80, 0xFF })
            {
                var changed = request.ToArray();
                changed[at] = to;
                ReadOrRefuse(changed);
            }

            ReadOrRefuse(request[..at]);
        }

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2_000), Prop.ForAll<byte[]>(bytes => ReadOrRefuse(bytes ?? [])));
    }

    [Theory]
    [InlineData(new byte[] { 0x0B, 0x0C })] // a group
    [InlineData(new byte[] { 0x00, 0x00 })] // no field number
    [InlineData(new byte[] { 0x0A, 0x05, 0x00 })] // longer than what is there
    [InlineData(new byte[] { 0x0A, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01 })] // a length of 64 bits
    [InlineData(new byte[] { 0x08, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF })] // a number of eleven bytes
    [InlineData(new byte[] { 0x08, 0x01 })] // the spans as a number
    public void What_is_no_protobuf_is_refused_whole(byte[] bytes) => Assert.Throws<InvalidDataException>(() => OtlpProtobuf.Read(bytes));

    private static void ReadOrRefuse(byte[] bytes)
    {
        try
        {
            Assert.NotNull(OtlpProtobuf.Read(bytes));
        }
        catch (InvalidDataException)
        {
            // Refused.
        }
    }

    /// <summary>The span of <see cref="Json"/> as protobuf.</summary>
    private static ProtobufWriter Message(ProtobufWriter? deep = null, int attributes = 0, int events = 0)
    {
        var span = new ProtobufWriter();
        span.Bytes(1, Convert.FromHexString("4bf92f3577b34da6a3ce929d0e0e4736"));
        span.Bytes(2, Convert.FromHexString("00f067aa0ba902b7"));
        span.Bytes(4, Convert.FromHexString("00f067aa0ba902b6"));
        span.Text(5, "execute_tool look");
        span.Number(6, 1);
        span.Fixed64(7, 1_767_323_045_000_001_999);
        span.Fixed64(8, 1_767_323_046_000_000_000);
        foreach (var (key, value) in new (string, Action<ProtobufWriter>)[]
        {
            ("text", v => v.Text(1, "é")), ("yes", v => v.Number(2, 1)), ("many", v => v.Number(3, 9_007_199_254_740_993)),
            ("part", v => v.Fixed64(4, BitConverter.DoubleToUInt64Bits(0.5))), ("none", v => v.Fixed64(4, BitConverter.DoubleToUInt64Bits(double.NaN))), ("raw", v => v.Bytes(7, [0, 1, 2])),
            ("list", v => v.Bytes(5, Message(w => { w.Bytes(1, Message(x => x.Number(3, 1)).Written); w.Bytes(1, Message(x => x.Text(1, "two")).Written); }).Written)),
            ("map", v => v.Bytes(6, Message(w => w.Bytes(1, Attribute("a", x => x.Number(3, unchecked((ulong)-1L))).Written)).Written)), ("empty", _ => { }),
        })
        {
            span.Bytes(9, Attribute(key, value).Written);
        }

        if (deep is not null)
            span.Bytes(9, Message(w => { w.Text(1, "deep"); w.Bytes(2, deep.Written); }).Written);
        for (var i = 0; i < attributes; i++)
            span.Bytes(9, Attribute($"more{i}", v => v.Number(3, 1)).Written);
        for (var i = 0; i <= events; i++)
            span.Bytes(11, Message(w => { w.Fixed64(1, 1_767_323_045_500_000_000); w.Text(2, "e"); w.Bytes(3, Attribute("k", v => v.Text(1, "v")).Written); }).Written);
        span.Bytes(15, Message(w => { w.Text(2, "went wrong"); w.Number(3, 2); }).Written);
        return span;
    }

    private static ProtobufWriter Attribute(string key, Action<ProtobufWriter> value) => Message(w => { w.Text(1, key); w.Bytes(2, Message(value).Written); });

    private static ProtobufWriter Message(Action<ProtobufWriter> write)
    {
        var writer = new ProtobufWriter();
        write(writer);
        return writer;
    }

    private static byte[] Request(params ProtobufWriter[] spans) => Message(w => w.Bytes(1, Message(resourceSpans =>
    {
        resourceSpans.Bytes(2, Message(scope => spans.ToList().ForEach(span => scope.Bytes(2, span.Written))).Written);
        resourceSpans.Bytes(1, Message(resource => resource.Bytes(1, Attribute("service.name", v => v.Text(1, "agent")).Written)).Written);
    }).Written)).Written.ToArray();
}
