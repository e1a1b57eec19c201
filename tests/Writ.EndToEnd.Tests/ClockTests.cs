using System.Net;
using System.Text.Json.Nodes;
using Writ.Testing;

namespace Writ.EndToEnd.Tests;

/// <summary>A clock that is set while the server runs, or while it does not.</summary>
public sealed class ClockTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(-7200)]
    [InlineData(-61)]
    [InlineData(61)]
    [InlineData(120 * 24 * 3600)]
    public async Task T86_a_jump_of_the_clock_expires_nothing_moves_no_record_and_suspends_approvals_and_erasures_until_it_is_set_right(int seconds)
    {
        var (time, jump) = (new FakeTime(), TimeSpan.FromSeconds(seconds));
        await using var writ = await RunningWrit.StartAsync(time);
        var warehouse = await Warehouse.SetUpAsync(writ);
        using var gate = writ.Client(warehouse.Point);
        var held = await warehouse.AskAsync(gate, 500, Stop);
        await writ.ApproveAsync(held.Word("approval")!);
        Assert.Equal("ALLOW", (await warehouse.AskAsync(gate, 1, Stop)).Word("outcome"));
        var asked = (await writ.PostAsync("/v1/erasures", new JsonObject { ["subject"] = $"agent/{warehouse.Agent}", ["reason"] = "gone" }, 202))["erasure"]!;

        time.StepWallClock(jump);
        using (var agent = new McpAgent(writ, warehouse.AgentKey))
            Assert.Empty(await agent.ToolsAsync()); // its key is neither expired nor unborn
        Assert.Equal("ALLOW", (await warehouse.AskAsync(gate, 2, Stop)).Word("outcome"));
        var refused = await warehouse.AskAsync(gate, 500, Stop);
        Assert.Equal(("DENY", "WRIT2090"), (refused.Word("outcome"), refused.Word("code")));
        var confirmed = (await writ.PostAsync($"/v1/erasures/{asked.Word("id")}/confirm", status: 200))["erasure"]!;
        Assert.Equal("confirmed", confirmed.Word("state"));
        Assert.Contains("clock", confirmed.Word("waits"), StringComparison.Ordinal);
        var times = (await writ.DecisionsAsync()).Select(d => d["at"]!.ToString()).Distinct();
        Assert.Single(times); // the monotonic clock stood still

        time.StepWallClock(-jump);
        Assert.Equal("ALLOW", (await warehouse.AskAsync(gate, 500, Stop)).Word("outcome"));
        var state = "confirmed";
        while (state != "executed")
        {
            Stop.ThrowIfCancellationRequested();
            time.Advance(TimeSpan.FromSeconds(10));
            state = (await writ.GetAsync("/v1/erasures"))["erasures"]![0]!.Word("state");
        }
    }

    [Fact]
    public async Task A_small_step_is_no_jump()
    {
        var time = new FakeTime();
        await using var writ = await RunningWrit.StartAsync(time);
        var warehouse = await Warehouse.SetUpAsync(writ);
        using var gate = writ.Client(warehouse.Point);
        await writ.ApproveAsync((await warehouse.AskAsync(gate, 500, Stop)).Word("approval")!);
        time.StepWallClock(TimeSpan.FromSeconds(-60));
        Assert.Equal("ALLOW", (await warehouse.AskAsync(gate, 500, Stop)).Word("outcome"));
    }

    [Fact]
    public async Task T47_a_clock_that_was_set_back_before_a_start_revives_no_credential()
    {
        await using var writ = await RunningWrit.StartAsync(new FakeTime());
        var warehouse = await Warehouse.SetUpAsync(writ);
        Assert.Equal(HttpStatusCode.OK, await ListAsync(writ));
        await writ.StopAsync();

        await using (var later = await RunningWrit.StartAsync(new FakeTime(writ.Time.GetUtcNow() + TimeSpan.FromDays(91)), writ.Folder))
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await ListAsync(later));
            using var gate = later.Client(warehouse.Point);
            Assert.Equal("ALLOW", (await warehouse.AskAsync(gate, 1, Stop)).Word("outcome"));
        }

        await using var back = await RunningWrit.StartAsync(new FakeTime(), writ.Folder);
        Assert.Equal(HttpStatusCode.Unauthorized, await ListAsync(back));

        async Task<HttpStatusCode> ListAsync(RunningWrit running)
        {
            using var agent = new McpAgent(running, warehouse.AgentKey);
            using var answer = await agent.PostAsync("""{"jsonrpc":"2.0","id":1,"method":"ping"}""");
            return answer.StatusCode == HttpStatusCode.Unauthorized ? HttpStatusCode.Unauthorized : HttpStatusCode.OK;
        }
    }
}
