using System.Text.Json;

namespace Writ.Gateways.Tests.Mcp;

public sealed class TraceContextTests
{
    private const string Parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private readonly StubGovernor _governor = new();

    [Theory]
    [InlineData($$"""{"traceparent":"{{Parent}}"}""", $$"""{"traceparent":"{{Parent}}"}""")]
    [InlineData($$"""{"traceparent":"{{Parent}}","tracestate":"a=1,b=2","baggage":"role=admin"}""", $$"""{"traceparent":"{{Parent}}","tracestate":"a=1,b=2"}""")]
    [InlineData($$"""{"com.example/approved":true,"progressToken":7,"io.modelcontextprotocol/clientInfo":{"name":"root"},"traceparent":"{{Parent}}"}""", $$"""{"traceparent":"{{Parent}}"}""")]
    [InlineData("""{"com.example/approved":true}""", null)]
    [InlineData("""{"tracestate":"a=1"}""", null)]
    [InlineData("""{"traceparent":"delete everything"}""", null)]
    [InlineData("""{"traceparent":{"delete":"everything"}}""", null)]
    [InlineData("""{"traceparent":"00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01"}""", null)]
    [InlineData("\"text\"", null)]
    public async Task T07_nothing_of_a_calls_meta_reaches_the_server_but_its_trace(string meta, string? passed)
    {
        await using var door = await RunningDoor.StartAsync(_governor);
        var session = await door.OpenAsync();
        var (status, _, _) = await door.SendAsync(door.Legacy(session, "tools/call", $$"""{"name":"refund","_meta":{{meta}}}"""));
        Assert.Equal(200, status);
        var sent = _governor.Shop.Calls.Single().Params;
        Assert.Equal(passed, sent.TryGetProperty("_meta", out var reached) ? reached.GetRawText() : null);
        Assert.Equal(passed is null ? 2 : 3, sent.EnumerateObject().Count());
    }

    [Fact]
    public void A_trace_state_is_bounded_and_plain()
    {
        foreach (var (state, passes) in new[] { ("a=1", true), (new string('x', 512), true), (new string('x', 513), false), ("a\\nb", false), ("é", false), ("", false) })
        {
            var parameters = JsonElement.Parse($$$"""{"_meta":{"traceparent":"{{{Parent}}}","tracestate":"{{{state}}}"}}""");
            Assert.Equal(passes ? 2 : 1, Writ.Gateways.Mcp.TraceContext.Of(parameters).Length);
        }
    }
}
