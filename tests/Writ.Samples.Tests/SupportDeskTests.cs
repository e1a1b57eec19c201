using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using SupportDesk;
using Writ.Governance.Schemas;

namespace Writ.Samples.Tests;

/// <summary>The desk as its users meet it: a process, spoken to over its standard streams.</summary>
public sealed class SupportDeskTests : IDisposable
{
    private readonly string _log = Path.Combine(Path.GetTempPath(), $"desk-{Guid.NewGuid():N}.log");

    [Fact]
    public async Task The_desk_lists_every_tool_with_its_schema_and_annotations()
    {
        await using var desk = await OpenAsync();

        var tools = await desk.ListToolsAsync(cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(
            ["archive_customers", "delete_customers", "export_customers", "get_customer", "get_order", "order_standing", "read_mail", "refund_order", "search_orders", "send_mail", "update_customer"],
            tools.Select(t => t.Name).Order(StringComparer.Ordinal));
        Assert.All(tools, t => Assert.False(t.ProtocolTool.InputSchema.GetProperty("additionalProperties").GetBoolean()));
        Assert.True(tools.Single(t => t.Name == "delete_customers").ProtocolTool.Annotations!.DestructiveHint);
    }

    [Fact]
    public async Task What_reached_the_desk_is_in_its_log_word_for_word_and_nothing_else_is()
    {
        await using var desk = await OpenAsync();

        await CallAsync(desk, "refund_order", """{"order_id":"NW-1011","amount":240.00,"reason":"leaks"}""");
        await CallAsync(desk, "get_order", """{"order_id":"NW-9999"}""");

        Assert.Equal(
            ["""{"tool":"refund_order","arguments":{"order_id":"NW-1011","amount":240.00,"reason":"leaks"}}""",
             """{"tool":"get_order","arguments":{"order_id":"NW-9999"}}"""],
            File.ReadAllLines(_log));
    }

    [Theory]
    [InlineData("get_order", """{"order_id":"NW-9999"}""", "there is no order NW-9999")]
    [InlineData("get_order", "{}", "the argument 'order_id' is missing")]
    [InlineData("refund_order", """{"order_id":"NW-1007","amount":20,"reason":"x"}""", "too much")]
    [InlineData("refund_order", """{"order_id":"NW-1007","amount":-1,"reason":"x"}""", "above zero")]
    [InlineData("refund_order", """{"order_id":"NW-1007","amount":1.001,"reason":"x"}""", "two decimal places")]
    [InlineData("refund_order", """{"order_id":"NW-1007","amount":[1],"reason":"x"}""", "not an amount")]
    [InlineData("drop_everything", "{}", "there is no tool")]
    public void What_the_desk_cannot_do_it_says(string tool, string arguments, string said)
    {
        var result = Call(NewDesk(), tool, arguments);

        Assert.True(result.IsError);
        Assert.Contains(said, Assert.IsType<TextContentBlock>(Assert.Single(result.Content)).Text);
    }

    [Theory]
    [InlineData("""{"order_id":"NW-1007","amount":19.90,"reason":"x"}""")]
    [InlineData("""{"order_id":"NW-1007","amount":"19.90","reason":"x"}""")]
    public void An_order_is_refunded_up_to_its_price_and_once(string arguments)
    {
        var desk = NewDesk();

        Assert.Null(Call(desk, "refund_order", arguments).IsError);
        Assert.True(Call(desk, "refund_order", arguments).IsError);
    }

    [Theory]
    [InlineData("NW-1007", """{"created_at":"1970-01-26T00:00:00+00:00","account_value":359.90}""")]
    [InlineData("NW-1044", """{"created_at":"1970-01-01T00:00:00+00:00","account_value":310.40}""")]
    public void What_refunds_depend_on_is_said_of_an_order(string order, string standing) =>
        Assert.Equal(standing, Call(NewDesk(), "order_standing", $$"""{"order_id":"{{order}}"}""").StructuredContent!.ToString());

    [Fact]
    public void Every_tool_has_a_class_and_every_class_a_tool()
    {
        var classes = JsonNode.Parse(File.ReadAllText(Writ.Testing.Repository.PathOf("samples", "SupportDesk", "tool-classes.json")))!;

        Assert.Equal(
            DeskServer.Definitions().Select(t => t.Name).Order(StringComparer.Ordinal),
            classes.AsObject().Select(t => t.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_input_schema_of_the_desk_is_one_that_writ_can_enforce() =>
        Assert.All(DeskServer.Definitions(), tool => Assert.IsType<SchemaCompilation.Compiled>(InputSchema.Compile(tool.InputSchema)));

    public void Dispose() => File.Delete(_log);

    private static DeskServer NewDesk() => new(new Desk(DateTimeOffset.UnixEpoch.AddDays(31)), new CallLog(null));

    private static CallToolResult Call(DeskServer desk, string tool, string arguments) =>
        desk.Call(new CallToolRequestParams { Name = tool, Arguments = Parse(arguments) });

    private static Dictionary<string, JsonElement> Parse(string arguments) => JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(arguments)!;

    private static async Task CallAsync(McpClient desk, string tool, string arguments) =>
        await desk.CallToolAsync(new CallToolRequestParams { Name = tool, Arguments = Parse(arguments) }, TestContext.Current.CancellationToken);

    private Task<McpClient> OpenAsync() => McpClient.CreateAsync(
        new StdioClientTransport(new StdioClientTransportOptions
        {
            Command = Path.Combine(AppContext.BaseDirectory, "SupportDesk"),
            Arguments = ["--log", _log],
        }),
        cancellationToken: TestContext.Current.CancellationToken);
}
