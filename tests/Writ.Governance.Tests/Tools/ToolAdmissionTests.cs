using System.Text.Json;
using System.Text.Json.Nodes;
using Writ.Governance.Controls;
using Writ.Governance.Decisions;
using Writ.Governance.Records;
using Writ.Governance.Tools;

namespace Writ.Governance.Tests.Tools;

public sealed class ToolAdmissionTests
{
    private const string Full =
        """{"name":"look","title":"Look","description":"looks","inputSchema":{"type":"object"},"outputSchema":{"type":"object"},"annotations":{"readOnlyHint":true},"x-own":1}""";

    public static TheoryData<string, string> Changes => new()
    {
        { "title", "\"Look!\"" },
        { "description", "\"looks \"" },
        { "inputSchema", """{"type":"object","additionalProperties":false}""" },
        { "outputSchema", "{}" },
        { "annotations", """{"readOnlyHint":true,"destructiveHint":true}""" },
        { "x-own", "2" },
        { "x-new", "1" },
        { "icons", "[]" },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task T60_any_change_of_a_pinned_definition_quarantines_the_tool_until_the_server_is_registered_again(string member, string value)
    {
        using var world = await StartAsync(Full);
        Assert.IsType<Decision.Permitted>(await world.CallAsync("look"));
        var changed = JsonNode.Parse(Full)!.AsObject();
        changed[member] = JsonNode.Parse(value);

        await ObserveAsync(world, changed.ToJsonString());
        Assert.Equal("WRIT5001", Code(await world.CallAsync("look")));
        await ObserveAsync(world, Full);
        Assert.Equal("WRIT5001", Code(await world.CallAsync("look")));
        await world.TakeAsync(new ServerRegistered(World.DeskServer()));
        await ObserveAsync(world, changed.ToJsonString());
        Assert.IsType<Decision.Permitted>(await world.CallAsync("look"));
    }

    [Fact]
    public async Task T60_a_renamed_tool_is_a_new_one_that_nobody_classified()
    {
        using var world = await StartAsync(Full);
        await ObserveAsync(world, Full.Replace("\"look\"", "\"look2\"", StringComparison.Ordinal));
        Assert.Equal("nobody classified it", world.State.Tool(World.Desk, "look2")!.Obstacle);
        Assert.Equal("WRIT5001", Code(await world.CallAsync("look2")));
    }

    [Fact]
    public async Task T60_another_spelling_of_the_same_definition_changes_nothing()
    {
        using var world = await StartAsync(Full);
        var records = world.ControlLog.Records.Count;
        await ObserveAsync(world, Full.Replace(",\"x-own\":1", "  , \"x-own\": 1.0", StringComparison.Ordinal));
        Assert.Equal(records, world.ControlLog.Records.Count);
    }

    [Fact]
    public async Task Two_tools_of_one_name_are_both_quarantined_and_stay_so_in_every_later_listing()
    {
        const string unreadable = """{"name":"look","inputSchema":{"type":"objekt"}}""";
        using var world = await StartAsync(unreadable, Full);
        Assert.Equal("WRIT5001", Code(await world.CallAsync("look")));
        await ObserveAsync(world, Full, Full);
        Assert.Equal("WRIT5001", Code(await world.CallAsync("look")));
        await ObserveAsync(world, Full, """{"name":"look","inputSchema":{"type":"object","title":"other"}}""");
        Assert.Equal("WRIT5001", Code(await world.CallAsync("look")));
    }

    [Fact]
    public async Task T83_a_server_cannot_fill_the_log_with_names_or_hide_a_change_behind_them()
    {
        using var world = await StartAsync(Full);
        var junk = Enumerable.Range(0, ToolAdmission.MaxTools + 500).Select(i => $$$"""{"name":"t{{{i}}}","inputSchema":{}}""");
        await ObserveAsync(world, [.. junk, Full.Replace("looks", "lies", StringComparison.Ordinal)]);
        Assert.Equal("WRIT5001", Code(await world.CallAsync("look")));
        var records = world.ControlLog.Records.Count;
        await ObserveAsync(world, [.. Enumerable.Range(0, 3_000).Select(i => $$$"""{"name":"u{{{i}}}","inputSchema":{}}""")]);
        Assert.Equal(records, world.ControlLog.Records.Count);
        Assert.Equal(ToolAdmission.MaxTools, world.State.Server(World.Desk)!.Tools.Count);
    }

    [Fact]
    public async Task A_change_quarantines_also_when_the_ledger_takes_nothing()
    {
        using var world = await StartAsync(Full);
        world.ControlLog.IsFull = true;
        await new ToolObservation(world.Controls).ObserveAsync(
            World.Organization, World.Desk, [JsonElement.Parse("""{"name":"note","inputSchema":{"type":"object"}}"""), JsonElement.Parse(Full.Replace("looks", "lies", StringComparison.Ordinal))], CancellationToken.None);
        Assert.Equal("WRIT5001", Code(await world.CallAsync("look")));
    }

    [Fact]
    public async Task A_definition_as_deep_as_is_accepted_survives_a_restart_and_a_deeper_one_is_quarantined()
    {
        static string Deep(string name, int levels) => $$"""{"name":"{{name}}","inputSchema":{},"x":{{new string('[', levels)}}{{new string(']', levels)}}}""";
        using var world = await StartAsync(Deep("look", ToolDefinition.MaxDepth - 1), Deep("note", ToolDefinition.MaxDepth), Full.Replace("\"look\"", "\"any\"", StringComparison.Ordinal));
        Assert.Equal((null, false, null), (world.State.Tool(World.Desk, "look")!.Obstacle, world.State.Tool(World.Desk, "note")!.Obstacle is null, world.State.Tool(World.Desk, "any")!.Obstacle));
        using var next = await world.RestartAsync();
        Assert.IsType<Decision.Permitted>(await next.CallAsync("look"));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"name":7,"inputSchema":{}}""")]
    [InlineData("""{"name":"a b","inputSchema":{}}""")]
    [InlineData("""{"name":"","inputSchema":{}}""")]
    public void What_has_no_usable_name_does_not_exist(string shown) =>
        Assert.Empty(ToolAdmission.Examine(World.DeskServer(), [JsonElement.Parse(shown)], []));

    [Theory]
    [InlineData("""{"name":"look"}""", "inputSchema is missing")]
    [InlineData("""{"name":"look","inputSchema":true}""", "inputSchema is missing")]
    [InlineData("""{"name":"look","inputSchema":{"$ref":"http://x/y"}}""", "its input schema is refused")]
    [InlineData("""{"name":"look","inputSchema":{},"a":1,"a":2}""", "canonical")]
    [InlineData("""{"name":"other","inputSchema":{}}""", "nobody classified it")]
    public void T85_what_cannot_be_governed_is_quarantined_with_its_cause(string shown, string cause) =>
        Assert.Contains(cause, Assert.IsType<ToolQuarantined>(Assert.Single(ToolAdmission.Examine(World.DeskServer(), [JsonElement.Parse(shown)], []))).Cause, StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"effect":"read","capability":"","risk_tags":["none"]}""", "capability")]
    [InlineData("""{"effect":"read","capability":"x","risk_tags":[]}""", "risk_tags")]
    public void A_classification_without_capability_or_risk_is_none(string classification, string names) =>
        Assert.Contains(names, JsonSerializer.Deserialize<ToolClassification>(classification, StrictJson.Options)!.Incompleteness, StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"capability":"x","risk_tags":["none"]}""")]
    [InlineData("""{"effect":"harmless","capability":"x","risk_tags":["none"]}""")]
    [InlineData("""{"effect":0,"capability":"x","risk_tags":["none"]}""")]
    [InlineData("""{"effect":99,"capability":"x","risk_tags":["none"]}""")]
    [InlineData("""{"effect":"read, egress","capability":"x","risk_tags":["none"]}""")]
    [InlineData("""{"effect":"read","capability":"x","risk_tags":["none"],"reversable":true}""")]
    [InlineData("""{"effect":"read","effect":"read","capability":"x","risk_tags":["none"]}""")]
    public void A_misspelt_classification_is_refused(string classification) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<ToolClassification>(classification, StrictJson.Options));

    private static async Task<World> StartAsync(params string[] shown)
    {
        var world = await World.WithAsync(World.PermitAll);
        await world.TakeAsync(new ServerRegistered(World.DeskServer()));
        await ObserveAsync(world, shown);
        return world;
    }

    private static Task<string?> ObserveAsync(World world, params string[] shown) =>
        new ToolObservation(world.Controls).ObserveAsync(World.Organization, World.Desk, [.. shown.Select(s => JsonElement.Parse(s))], CancellationToken.None);

    private static string Code(Decision decision) => Assert.IsType<Decision.Denied>(decision).Refusal.Reason.Code;
}
