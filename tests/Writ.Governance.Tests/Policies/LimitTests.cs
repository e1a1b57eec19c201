using System.Text.Json;
using Writ.Governance.Controls;
using Writ.Governance.Decisions;
using Writ.Governance.Policies.Constraints;
using Writ.Governance.Records;
using Writ.Governance.Tools;

namespace Writ.Governance.Tests.Policies;

/// <summary>The limits that are kept before a call runs: what it is at, below and above each, and what nobody can compare.</summary>
public sealed class LimitTests
{
    [Theory]
    [InlineData("""{"amount":500}""", true)]
    [InlineData("""{"amount":499.99}""", true)]
    [InlineData("""{"amount":0}""", true)]
    [InlineData("""{"amount":"500.00"}""", true)]
    [InlineData("""{"amount":500.01}""", false)]
    [InlineData("""{"amount":"500.01"}""", false)]
    [InlineData("""{"amount":-1}""", false)]
    [InlineData("""{"amount":"-1"}""", false)]
    [InlineData("""{"amount":"5e1"}""", false)]
    [InlineData("""{"amount":"1,0"}""", false)]
    [InlineData("""{"amount":" 5"}""", false)]
    [InlineData("""{"amount":1e300}""", false)]
    [InlineData("""{"amount":null}""", false)]
    [InlineData("""{"amount":[5]}""", false)]
    [InlineData("""{"Amount":5}""", false)]
    [InlineData("{}", false)]
    public async Task An_amount_is_at_most_what_the_limit_says_or_the_call_is_denied(string arguments, bool runs)
    {
        using var world = await World.WithAsync(World.PermitAll + Limit("max_amount amount <= 500.00"));
        await ExpectAsync(world, "any", arguments, runs ? null : "WRIT1040");
    }

    [Theory]
    [InlineData("""{"amount":5,"money":{"currency":"EUR"}}""", true)]
    [InlineData("""{"amount":5,"money":{"currency":"USD"}}""", false)]
    [InlineData("""{"amount":5,"money":{"currency":"eur"}}""", false)]
    [InlineData("""{"amount":5,"money":"EUR"}""", false)]
    [InlineData("""{"amount":5,"currency":"EUR"}""", false)]
    public async Task An_amount_in_another_currency_or_in_none_is_denied(string arguments, bool runs)
    {
        using var world = await World.WithAsync(World.PermitAll + Limit("max_amount amount <= 500 EUR in money.currency"));
        await ExpectAsync(world, "any", arguments, runs ? null : "WRIT1040");
    }

    [Fact]
    public async Task An_amount_that_a_clamp_lowers_is_held_to_the_limit_as_it_would_run()
    {
        using var world = await World.WithAsync(World.PermitAll + Limit("max_amount amount <= 500") + Limit("argument_clamp amount <= 100", "pay"));
        await ExpectAsync(world, "any", """{"amount":900}""", "WRIT1040");
        var permitted = Assert.IsType<Decision.Permitted>(await world.CallAsync("pay", """{"amount":900}"""));
        Assert.Equal(100, permitted.Arguments.Value.GetProperty("amount").GetInt32());
    }

    [Theory]
    [InlineData(3, null, true)]
    [InlineData(4, null, false)]
    [InlineData(0, null, true)]
    [InlineData(3, "WRIT4020", false)]
    public async Task A_call_costs_its_price_times_what_is_counted(int count, string? code, bool runs)
    {
        // 0.001 for the call and 0.003 each: three cost 0.01.
        var price = code is null ? new ToolPrice { CallNanoUsd = 1_000_000, UnitNanoUsd = 3_000_000, Counted = "page.size" } : null;
        using var world = await WorldAsync(Limit("max_cost 0.01 USD"), price);
        await ExpectAsync(world, "any", $$$"""{"page":{"size":{{{count}}}}}""", runs ? null : code ?? "WRIT1040");
    }

    [Theory]
    [InlineData("""{"n":[1,2,3]}""", null)]
    [InlineData("""{"n":[1,2,3,4]}""", "WRIT1040")]
    [InlineData("""{"n":3.0000001}""", "WRIT1040")]
    [InlineData("""{"n":9007199254740991}""", "WRIT4020")]
    [InlineData("""{"n":1e300}""", "WRIT4020")]
    [InlineData("""{"n":-3}""", "WRIT4020")]
    [InlineData("""{"n":"many"}""", "WRIT4020")]
    [InlineData("""{"n":null}""", "WRIT4020")]
    [InlineData("{}", "WRIT4020")]
    public async Task T30_what_cannot_be_counted_has_no_price_and_is_never_free(string arguments, string? code)
    {
        using var world = await WorldAsync(Limit("max_cost 3"), new ToolPrice { CallNanoUsd = 0, UnitNanoUsd = 1_000_000_000, Counted = "n" });
        await ExpectAsync(world, "any", arguments, code);
    }

    [Fact]
    public async Task T30_a_tool_without_a_price_is_denied_under_any_limit_and_one_that_is_free_under_none()
    {
        using var unknown = await WorldAsync(Limit("max_cost 1000000"), price: null);
        await ExpectAsync(unknown, "any", "{}", "WRIT4020");
        using var free = await WorldAsync(Limit("max_cost 0"), new ToolPrice { CallNanoUsd = 0 });
        await ExpectAsync(free, "any", "{}", null);
    }

    [Theory]
    [InlineData("""{"call_nano_usd":-1}""")]
    [InlineData("""{"call_nano_usd":1000000000000001}""")]
    [InlineData("""{"call_nano_usd":1,"unit_nano_usd":1}""")]
    [InlineData("""{"call_nano_usd":1,"unit_nano_usd":1,"counted":"a..b"}""")]
    public void A_price_that_makes_no_sense_leaves_the_tool_unclassified(string price)
    {
        var text = $$$"""{"effect":"read","capability":"c","risk_tags":["none"],"price":{{{price}}}}""";
        Assert.StartsWith("price:", JsonSerializer.Deserialize<ToolClassification>(text, StrictJson.Options)!.Incompleteness, StringComparison.Ordinal);
        var sound = text.Replace(price, """{"call_nano_usd":1,"unit_nano_usd":1,"counted":"a.b"}""", StringComparison.Ordinal);
        Assert.Null(JsonSerializer.Deserialize<ToolClassification>(sound, StrictJson.Options)!.Incompleteness);
    }

    [Theory]
    [InlineData("""{"call_nano_usd":0.5}""")]
    [InlineData("""{"call_nano_usd":"1"}""")]
    [InlineData("""{"call":1}""")]
    [InlineData("{}")]
    public void T23_a_price_with_a_misspelt_or_missing_name_is_refused(string price) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<ToolPrice>(price, StrictJson.Options));

    [Theory]
    [InlineData("look", true)]
    [InlineData("note", false)]
    [InlineData("wipe", false)]
    [InlineData("pay", false)]
    public async Task Read_only_lets_reading_through_and_nothing_else(string tool, bool runs)
    {
        using var world = await World.WithAsync(World.PermitAll + Limit("read_only"));
        await ExpectAsync(world, tool, tool switch { "note" => """{"text":"a"}""", "pay" => """{"amount":1}""", _ => "{}" }, runs ? null : "WRIT1041");
    }

    [Fact]
    public void A_ring_holds_back_what_its_connection_holds_back()
    {
        var sandboxed = new ServerConnection.Stdio { Command = "x" };
        Assert.Equal(3, Isolation.Of(sandboxed));
        Assert.Equal(2, Isolation.Of(sandboxed with { WritablePaths = ["/srv"] }));
        Assert.Equal(1, Isolation.Of(sandboxed with { Network = true }));
        Assert.Equal(0, Isolation.Of(sandboxed with { Sandbox = ServerConnection.Stdio.Unprotected }));
        Assert.Equal(0, Isolation.Of(sandboxed with { Sandbox = "something else" }));
        Assert.Equal(0, Isolation.Of(new ServerConnection.Http { Url = "https://tools.example/" }));
        Assert.Null(Isolation.Of(new ServerConnection.Declared()));
    }

    [Theory]
    [InlineData(3, false, true)]
    [InlineData(2, true, true)]
    [InlineData(3, true, false)]
    public async Task A_ring_denies_what_runs_in_less(int ring, bool writable, bool runs)
    {
        using var world = await World.WithAsync(World.PermitAll + Limit($"ring {ring}"));
        var connection = new ServerConnection.Stdio { Command = "x", WritablePaths = writable ? ["/srv"] : [] };
        await RegisterAsync(world, World.DeskServer() with { Connection = connection });
        await ExpectAsync(world, "look", "{}", runs ? null : "WRIT1042");
    }

    [Theory]
    [InlineData("max_amount amount <= 500.00", "max_amount amount <= 500")]
    [InlineData("max_amount a.b <= 0.5 EUR in c", "max_amount a.b <= 0.5 EUR in c")]
    [InlineData("max_cost 50.00", "max_cost 50 USD")]
    [InlineData("max_cost 0.000000001 USD", "max_cost 0.000000001 USD")]
    [InlineData("read_only", "read_only")]
    [InlineData("ring 2", "ring 2")]
    public void A_limit_is_written_as_it_is_read(string text, string canonical)
    {
        var read = ConstraintParser.Parse(text, out _)!;
        Assert.Equal(canonical, read.ToString());
        Assert.Equal(read, ConstraintParser.Parse(canonical, out _));
        Assert.Contains(read.Kind, (IEnumerable<string>)ConstraintKinds.All);
    }

    [Theory]
    [InlineData("max_amount amount 500")]
    [InlineData("max_amount <= 500")]
    [InlineData("max_amount amount <= -5")]
    [InlineData("max_amount amount <= 5e2")]
    [InlineData("max_amount amount <= 500 eur in currency")]
    [InlineData("max_amount amount <= 500 EUR")]
    [InlineData("max_amount amount <= 500 EUR by currency")]
    [InlineData("max_amount amount <= 500 EUR in amount")]
    [InlineData("max_cost")]
    [InlineData("max_cost 5 EUR")]
    [InlineData("max_cost -1")]
    [InlineData("max_cost 0.0000000001")]
    [InlineData("max_cost 1000000001")]
    [InlineData("read_only please")]
    [InlineData("read-only")]
    [InlineData("ring 0")]
    [InlineData("ring 4")]
    [InlineData("ring")]
    public void T02_a_limit_that_is_not_understood_is_refused_with_what_was_expected(string text)
    {
        Assert.Null(ConstraintParser.Parse(text, out var error));
        Assert.Contains("expected", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task T57_a_door_that_does_not_enforce_a_limit_denies_and_the_record_of_one_that_does_names_it()
    {
        foreach (var limit in new[] { "max_amount amount <= 5", "max_cost 5 USD", "read_only", "ring 3" })
        {
            using var world = await WorldAsync(Limit(limit), new ToolPrice { CallNanoUsd = 0 }, EffectClass.Read);
            var kind = limit.Split(' ')[0];
            var without = ConstraintKinds.All.Where(k => k != kind).ToHashSet(StringComparer.Ordinal);
            Assert.Equal("WRIT1006", Assert.IsType<Decision.Denied>(await world.CallAsync("any", """{"amount":1}""", enforceable: without)).Refusal.Reason.Code);
            Assert.IsType<Decision.Permitted>(await world.CallAsync("any", """{"amount":1}"""));
            Assert.Equal([limit], world.DecisionLog.Of("decision").Last().GetProperty("constraints").EnumerateArray().Select(c => c.GetString()));
        }
    }

    [Fact]
    public async Task A_limit_in_two_currencies_of_one_argument_denies_everything()
    {
        using var world = await World.WithAsync(World.PermitAll + Limit("max_amount amount <= 5 EUR in currency") + Limit("max_amount amount <= 5 USD in currency"));
        await ExpectAsync(world, "any", """{"amount":1,"currency":"EUR"}""", "WRIT1005");
    }

    private static string Limit(string constraint, string? tool = null) =>
        $"\n@discharge(\"constraint\") @constraint(\"{constraint}\") forbid (principal, action{(tool is null ? "" : $" == Writ::Action::\"tool/desk/{tool}\"")}, resource);";

    private static async Task<World> WorldAsync(string policy, ToolPrice? price, EffectClass effect = EffectClass.Write)
    {
        var world = await World.WithAsync(World.PermitAll + policy);
        var desk = World.DeskServer();
        await RegisterAsync(world, desk with { Classifications = desk.Classifications.SetItem("any", desk.Classifications["any"] with { Effect = effect, Price = price }) });
        return world;
    }

    private static async Task RegisterAsync(World world, Server server)
    {
        await world.TakeAsync(new ServerRegistered(server));
        Assert.Null(await new ToolObservation(world.Controls).ObserveAsync(World.Organization, World.Desk, World.Definitions, CancellationToken.None));
    }

    private static async Task ExpectAsync(World world, string tool, string arguments, string? code)
    {
        var decision = await world.CallAsync(tool, arguments);
        Assert.Equal(code, decision is Decision.Denied denied ? denied.Refusal.Reason.Code : null);
        Assert.Equal(code is null, decision is Decision.Permitted);
        Assert.Equal(code is null ? 1 : 0, world.Dispatches.Count);
    }
}
