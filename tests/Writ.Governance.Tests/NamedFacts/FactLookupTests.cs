using System.Text.Json;
using Writ.Governance.Decisions;
using Writ.Governance.NamedFacts;
using Writ.Governance.Policies;
using Writ.Governance.Tools;

namespace Writ.Governance.Tests.NamedFacts;

/// <summary>Facts that are looked up elsewhere while an action is decided: by its arguments, once, in time, or not at all.</summary>
public sealed class FactLookupTests
{
    private const string Small = """permit (principal, action == Writ::Action::"tool/desk/any", resource) when { context.facts.order.value.lessThan(decimal("500.0")) };""";

    private static string Order(string more = "", string tools = "desk/any", string key = "order") => $$"""
        {"sources": [{"name": "order", "kind": "http", "url": "https://orders.example/{id}", "key": {"id": "{{key}}"}, "members": {"value": "decimal"}, "tools": ["{{tools}}"]{{more}}}]}
        """;

    [Theory]
    [InlineData("499.99", Outcome.Allow)]
    [InlineData("500", Outcome.Deny)]
    [InlineData("500.01", Outcome.Deny)]
    [InlineData("\"499.99\"", Outcome.Allow)]
    [InlineData("\"4 9 9\"", Outcome.Deny)]
    [InlineData("null", Outcome.Deny)]
    [InlineData("499.99999", Outcome.Deny)]
    public async Task A_looked_up_value_decides_at_its_threshold(string value, Outcome expected)
    {
        using var world = await FactWorld.WithAsync(Order(), Small);
        world.Sources.Say($$"""{"value": {{value}}}""");
        Assert.Equal(expected, await FactWorld.OutcomeAsync(world, "any", """{"order": "A-1"}"""));
    }

    [Fact]
    public async Task T07_what_the_agent_says_of_the_order_is_never_what_is_looked_up()
    {
        using var world = await FactWorld.WithAsync(Order(), Small);
        world.Sources.Say(key => key == """{"id":"A-1"}""" ? """{"value": 900}""" : """{"value": 1}""");
        const string Lies = """{"order": "A-1", "value": 1, "facts": {"order": {"value": 1}}, "id": "A-2"}""";
        Assert.Equal(Outcome.Deny, await FactWorld.OutcomeAsync(world, "any", Lies));
        Assert.Equal(Outcome.Allow, await FactWorld.OutcomeAsync(world, "any", Lies.Replace("A-1", "A-2", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_is_not_known_denies_under_a_forbid_and_does_not_count_for_a_permit()
    {
        using var world = await FactWorld.WithAsync(Order(), World.PermitAll + "forbid (principal, action == Writ::Action::\"tool/desk/any\", resource) when { context.facts.order.value == decimal(\"7.0\") };");
        Assert.Equal(Outcome.Deny, await FactWorld.OutcomeAsync(world, "any", """{"order": "A-1"}"""));
        world.Sources.Say("""{"value": 6}""");
        Assert.Equal(Outcome.Allow, await FactWorld.OutcomeAsync(world, "any", """{"order": "A-1"}"""));
        world.Sources.Say("[1]");
        Assert.Equal(Outcome.Deny, await FactWorld.OutcomeAsync(world, "any", """{"order": "A-1"}"""));
    }

    [Fact]
    public async Task Nobody_is_asked_where_no_policy_reads_the_fact_or_the_tool_is_another()
    {
        using var unread = await FactWorld.WithAsync(Order(), World.PermitAll);
        await unread.CallAsync("any", """{"order": "A-1"}""");
        Assert.Empty(unread.Sources.Asked);

        using var world = await FactWorld.WithAsync(Order(), World.PermitAll + Small);
        await world.CallAsync("look", """{"order": "A-1"}""");
        await world.CallAsync("any", "{}");
        await world.CallAsync("any", """{"order": {"id": "A-1"}}""");
        Assert.Empty(world.Sources.Asked);
        await world.CallAsync("any", """{"order": "A-1"}""");
        Assert.Single(world.Sources.Asked);
    }

    [Fact]
    public async Task An_answer_is_used_again_only_as_long_as_its_source_says()
    {
        using var world = await FactWorld.WithAsync(Order(""", "max_age": "60s" """), Small);
        world.Sources.Say("""{"value": 1}""");
        await world.CallAsync("any", """{"order": "A-1"}""");
        await world.CallAsync("any", """{"order": "A-2"}""");
        world.Time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(Outcome.Allow, await FactWorld.OutcomeAsync(world, "any", """{"order": "A-1"}"""));
        Assert.Equal(2, world.Sources.Asked.Count);
        Assert.Contains("\"age_ms\":60000", world.DecisionLog.Of("decision").Last().GetRawText(), StringComparison.Ordinal);

        world.Time.Advance(TimeSpan.FromMilliseconds(1));
        world.Sources.Say("""{"value": 900}""");
        Assert.Equal(Outcome.Deny, await FactWorld.OutcomeAsync(world, "any", """{"order": "A-1"}"""));
        Assert.Equal(3, world.Sources.Asked.Count);
    }

    [Fact]
    public async Task What_failed_is_asked_again()
    {
        using var world = await FactWorld.WithAsync(Order(""", "max_age": "1h" """), Small);
        Assert.Equal(Outcome.Deny, await FactWorld.OutcomeAsync(world, "any", """{"order": "A-1"}"""));
        world.Sources.Say("""{"value": 1}""");
        Assert.Equal(Outcome.Allow, await FactWorld.OutcomeAsync(world, "any", """{"order": "A-1"}"""));
    }

    [Fact]
    public async Task A_source_that_does_not_answer_in_time_is_unavailable_even_if_it_overlooks_its_token()
    {
        using var world = await FactWorld.WithAsync(Order(""", "timeout": "250ms" """), Small);
        var never = new TaskCompletionSource<FactAnswer>();
        world.Sources.Answer = (_, _) => never.Task;
        var deciding = FactWorld.OutcomeAsync(world, "any", """{"order": "A-1"}""");
        Assert.False(deciding.IsCompleted);
        world.Time.Advance(TimeSpan.FromMilliseconds(250));
        Assert.Equal(Outcome.Deny, await deciding);
        never.SetResult(new FactAnswer.Unavailable("late"));
    }

    [Fact]
    public async Task What_a_constraint_changes_is_looked_up_anew()
    {
        const string Policy = World.PermitAll + """
            @discharge("constraint") @constraint("argument_clamp order <= 10") forbid (principal, action == Writ::Action::"tool/desk/any", resource);
            forbid (principal, action == Writ::Action::"tool/desk/any", resource) when { context.facts.order.value.greaterThan(decimal("500.0")) };
            """;
        using var world = await FactWorld.WithAsync(Order(), Policy);
        world.Sources.Say(key => key == """{"id":10}""" ? """{"value": 900}""" : """{"value": 1}""");
        Assert.Equal(Outcome.Deny, await FactWorld.OutcomeAsync(world, "any", """{"order": 99}"""));
        Assert.Equal(["""{"id":99}""", """{"id":10}"""], world.Sources.Asked.Select(q => q.Key));
        Assert.Equal(Outcome.AllowWithConstraints, await FactWorld.OutcomeAsync(world, "any", """{"order": 9}"""));
    }

    [Fact]
    public async Task An_agent_that_is_stopped_while_facts_are_looked_up_gets_nothing()
    {
        using var world = await FactWorld.WithAsync(Order(), Small);
        var answer = new TaskCompletionSource<FactAnswer>();
        world.Sources.Answer = (_, _) => answer.Task;
        var deciding = world.CallAsync("any", """{"order": "A-1"}""");
        await world.TakeAsync([.. BundlePublication.Plan(FactWorld.Bundle(Order(), Small, "another")).Actions]);
        answer.SetResult(new FactAnswer.Answered(JsonElement.Parse("""{"value": 1}"""), "stub"));
        Assert.Equal(ReasonCodes.ChangedMeanwhile, Assert.IsType<Decision.Denied>(await deciding).Refusal.Reason);
    }

    [Fact]
    public async Task An_explanation_asks_nobody_and_says_what_it_did_not_ask()
    {
        using var world = await FactWorld.WithAsync(Order(""", "max_age": "60s" """), Small);
        world.Sources.Say("""{"value": 1}""");
        var before = await world.Governor.ExplainAsync(await world.RequestAsync("any", """{"order": "A-1"}"""));
        Assert.IsType<GateResult.Denied>(before.Result);
        Assert.Equal(["order"], before.FactsNotLookedUp);
        Assert.Empty(world.Sources.Asked);

        await world.CallAsync("any", """{"order": "A-1"}""");
        var after = await world.Governor.ExplainAsync(await world.RequestAsync("any", """{"order": "A-1"}"""));
        Assert.IsType<GateResult.Permitted>(after.Result);
        Assert.Empty(after.FactsNotLookedUp);
    }

    [Fact]
    public async Task A_look_up_looks_nothing_up()
    {
        using var world = await FactWorld.WithAsync(Order(tools: "desk/*"), World.PermitAll + "forbid (principal, action in Writ::Action::\"server/desk\", resource) when { context.facts.order.value == decimal(\"7.0\") };");
        world.Sources.Say("""{"value": 1}""");
        var asker = await world.RequestAsync("any", """{"order": "A-1"}""");
        var look = FactAgent.Call(asker, world.State, world.State.Tool(World.Desk, "look")!, World.Args("""{"order": "A-1"}"""), world.Time);
        Assert.IsType<Decision.Denied>(await world.Governor.DecideAsync(look));
        Assert.Empty(world.Sources.Asked);
    }

    [Fact]
    public async Task Writ_itself_may_look_only_where_a_policy_permits_it_and_only_at_the_one_tool()
    {
        using var world = await World.WithAsync("""permit (principal, action == Writ::Action::"tool/desk/look", resource) when { principal.name == "writ-facts" };""");
        var asker = await world.RequestAsync("any");
        ActionRequest Look(string tool) => FactAgent.Call(asker, world.State, world.State.Tool(World.Desk, tool)!, Arguments.None, world.Time);
        Assert.IsType<Decision.Permitted>(await world.Governor.DecideAsync(Look("look")));
        Assert.IsType<Decision.Denied>(await world.Governor.DecideAsync(Look("any")));
        Assert.IsType<Decision.Denied>(await world.Governor.DecideAsync(Look("look") with { ToolName = "wipe", Tool = world.State.Tool(World.Desk, "wipe") }));
        Assert.Contains("\"door\":\"facts\"", world.DecisionLog.Of("decision").First().GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("A-1", "https://orders.example/A-1")]
    [InlineData("a/../b?x#y", "https://orders.example/a%2F..%2Fb%3Fx%23y")]
    [InlineData("ü {id}", "https://orders.example/%C3%BC%20%7Bid%7D")]
    [InlineData("..", null)]
    [InlineData(".", null)]
    [InlineData("", null)]
    [InlineData("a\nb", null)]
    public void T59_a_value_never_becomes_more_than_one_piece_of_a_url(string value, string? expected) =>
        Assert.Equal(expected, UrlTemplate.Fill("https://orders.example/{id}", JsonSerializer.Serialize(new { id = value }))?.AbsoluteUri);
}
