using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Writ.Governance.Agents;
using Writ.Governance.Auditing;
using Writ.Governance.Controls;
using Writ.Governance.Tests.Querying;

namespace Writ.Governance.Tests.Auditing;

/// <summary>Grants that are taken away in stages: what is needed stays, what is not goes, and nothing is in force past its time.</summary>
public sealed class GrantStagingTests
{
    private static readonly AgentId Helper = AgentId.Parse(QueryLedger.Helper);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_a_permitted_call_needs_within_seven_days_stays_and_what_none_needs_goes()
    {
        await using var ledger = await QueryLedger.OpenAsync();
        using var world = await WorldAsync("look", "note", "pay");
        await ledger.DecideAsync(Day(world, -1), "ALLOW", tool: "tool/desk/pay");
        await StageAsync(world, "look");
        var staging = new GrantStaging(world.Controls, world.Registry, _ => ledger.Index, world.Time);
        Assert.Equal(["look", "note", "pay"], Held(world));
        Assert.Equal(["note", "pay"], Leaving(world));

        // A refused call needs nothing, nor does another agent's; what was called before it was staged was not called since.
        world.Time.Advance(TimeSpan.FromDays(3));
        await ledger.DecideAsync(Day(world, 0), "DENY", tool: "tool/desk/note");
        await ledger.DecideAsync(Day(world, 0), "ALLOW", QueryLedger.Other, "tool/desk/note");
        await staging.SweepAsync(Stop);
        Assert.Equal(["note", "pay"], Leaving(world));
        await ledger.DecideAsync(Day(world, 0), "ALLOW", tool: "tool/desk/note");
        await staging.SweepAsync(Stop);
        Assert.Equal(["pay"], Leaving(world));
        Assert.Equal("tool/desk/note was permitted and needed it", world.ControlLog.Records[^1].GetProperty("action").GetProperty("reason").GetString());

        world.Time.Advance(GrantOrigin.Stage - TimeSpan.FromDays(3) + GrantStaging.Settling);
        await staging.SweepAsync(Stop);
        Assert.Equal(["look", "note"], Held(world));
        Assert.Empty(Leaving(world));
        Assert.Equal(JsonValueKind.Null, world.ControlLog.Records[^1].GetProperty("by").GetProperty("person").ValueKind);
        using var next = await world.RestartAsync();
        Assert.Equal(["look", "note"], Held(next));
    }

    [Fact]
    public async Task A_grant_whose_time_is_over_opens_nothing_even_where_nobody_could_look_yet()
    {
        using var world = await WorldAsync("look");
        await StageAsync(world);
        world.Time.Advance(GrantOrigin.Stage - TimeSpan.FromTicks(1));
        Assert.Single(world.State.Agents[Helper].At(world.Time.GetUtcNow()).Grants);
        world.Time.Advance(TimeSpan.FromTicks(1));
        Assert.Empty(world.State.Agents[Helper].At(world.Time.GetUtcNow()).Grants);
    }

    [Fact]
    public async Task Of_every_tool_what_was_used_stays_and_the_rest_leaves_without_the_narrower_ones_being_taken_for_a_need()
    {
        await using var ledger = await QueryLedger.OpenAsync();
        using var world = await WorldAsync("*");
        await StageAsync(world, "look");
        var staging = new GrantStaging(world.Controls, world.Registry, _ => ledger.Index, world.Time);
        world.Time.Advance(TimeSpan.FromDays(1));
        await ledger.DecideAsync(Day(world, 0), "ALLOW", tool: "tool/desk/look");
        await staging.SweepAsync(Stop);
        Assert.Equal(["*"], Leaving(world));
        world.Time.Advance(GrantOrigin.Stage);
        await staging.SweepAsync(Stop);
        Assert.Equal(["look"], Held(world));
    }

    [Fact]
    public async Task Nothing_is_added_by_keeping_and_what_stays_is_not_taken_away()
    {
        using var world = await WorldAsync("look", "note");
        var agent = world.State.Agents[Helper];
        var now = world.Time.GetUtcNow();
        Assert.Null(GrantStaging.Plan(agent, [new Grant(World.Desk, "pay")], "x", now, out var obstacle));
        Assert.Contains("desk/pay", obstacle, StringComparison.Ordinal);
        Assert.Null(GrantStaging.Plan(agent, [new Grant(World.Desk, "*")], "x", now, out _));
        Assert.Null(GrantStaging.Plan(agent, agent.Grants, "x", now, out _));
        Assert.IsType<ControlOutcome.NotAllowed>(await world.TakeAsAsync("nobody", GrantStaging.Plan(agent, [], "x", now, out _)!));

        // A person keeps one after all; who says what it holds keeps all of that.
        await StageAsync(world);
        await world.TakeAsync(new AgentGrantRestored(Helper, new Grant(World.Desk, "note"), "needed at year's end"));
        Assert.Equal(["look"], Leaving(world));
        await world.TakeAsync(new AgentGrantsChanged(Helper, [new Grant(World.Desk, "look"), new Grant(World.Desk, "note"), new Grant(World.Desk, "pay")]));
        Assert.Empty(Leaving(world));
        using var next = await world.RestartAsync();
        Assert.Empty(Leaving(next));
    }

    [Fact]
    public async Task What_came_under_anothers_chain_or_after_its_time_restores_nothing()
    {
        await using var ledger = await QueryLedger.OpenAsync();
        using var world = await WorldAsync("look", "note");
        await StageAsync(world);
        var staging = new GrantStaging(world.Controls, world.Registry, _ => ledger.Index, world.Time);
        world.Time.Advance(TimeSpan.FromDays(3));
        await ledger.AppendAsync(new JsonObject
        {
            ["action"] = "tool/desk/look", ["agent"] = QueryLedger.Helper, ["agent_version"] = "1.0.0", ["assurance"] = "low", ["at"] = QueryLedger.Noon(Day(world, 0)),
            ["chain"] = new JsonArray(new string('a', 64)), ["chain_depth"] = 0, ["chain_principal"] = "ada", ["credential"] = "agk_1", ["door"] = "mcp", ["effect"] = "money",
            ["environment"] = "production", ["id"] = "019b2f6e-0000-7000-9000-0000000000c1", ["kind"] = "decision", ["outcome"] = "ALLOW", ["owner"] = "alice",
            ["task"] = "019b2f6e-0000-7000-8000-000000000001", ["us"] = 50, ["v"] = 1,
        });
        await ledger.DecideAsync(Day(world, 5), "ALLOW", tool: "tool/desk/note"); // a day after it is gone
        await staging.SweepAsync(Stop);
        Assert.Equal(["look", "note"], Leaving(world));
        await ledger.DecideAsync(Day(world, 0), "ALLOW", tool: "tool/desk/look");
        await staging.SweepAsync(Stop);
        Assert.Equal(["note"], Leaving(world));
    }

    [Fact]
    public async Task What_is_over_is_kept_by_nobody_and_is_given_anew()
    {
        using var world = await WorldAsync("look", "note");
        await StageAsync(world, "note");
        world.Time.Advance(GrantOrigin.Stage);
        var (agent, now, look) = (world.State.Agents[Helper], world.Time.GetUtcNow(), new Grant(World.Desk, "look"));
        Assert.NotNull(GrantStaging.Plan(agent, [look], "x", now.AddTicks(-1), out _));
        Assert.Null(GrantStaging.Plan(agent, [look], "x", now, out var obstacle));
        Assert.Contains("desk/look", obstacle, StringComparison.Ordinal);
        await world.TakeAsync(new AgentGrantsChanged(Helper, [look]));
        var origin = world.State.Agents[Helper].Granted[look];
        Assert.Equal((now, null), (origin.At, origin.StagedAt));
        Assert.Single(world.State.Agents[Helper].At(now).Grants);
    }

    [Fact]
    public async Task Records_that_cannot_be_asked_end_nothing_early_and_restore_nothing()
    {
        using var world = await WorldAsync("look");
        await StageAsync(world);
        var staging = new GrantStaging(world.Controls, world.Registry, _ => null, world.Time);
        await staging.SweepAsync(Stop);
        Assert.Equal(["look"], Held(world));
    }

    private static async Task<World> WorldAsync(params string[] tools)
    {
        var world = await World.WithAsync("");
        await world.TakeAsync(new AgentRegistered(World.Describe(Helper) with { Name = "of-the-records", Grants = [.. tools.Select(tool => new Grant(World.Desk, tool))] }));
        return world;
    }

    private static async Task StageAsync(World world, params string[] keep)
    {
        var staged = GrantStaging.Plan(world.State.Agents[Helper], [.. keep.Select(tool => new Grant(World.Desk, tool))], "clean-up", world.Time.GetUtcNow(), out var obstacle);
        Assert.True(staged is not null, obstacle);
        await world.TakeAsync(staged);
    }

    private static IEnumerable<string> Held(World world) => world.State.Agents[Helper].Grants.Select(grant => grant.Tool);

    private static IEnumerable<string> Leaving(World world) =>
        world.State.Agents[Helper].Granted.Where(granted => granted.Value.StagedAt is not null).Select(granted => granted.Key.Tool).Order(StringComparer.Ordinal);

    // Records are of noon.
    private static string Day(World world, int days) => world.Time.GetUtcNow().AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
