using System.Net;
using System.Text.Json.Nodes;
using Writ.Testing;

namespace Writ.EndToEnd.Tests;

/// <summary>Traffic that nobody asked for costs no record of its own.</summary>
public sealed class AdmissionTests
{
    [Fact]
    public async Task T78_a_flood_without_credentials_is_turned_away_and_leaves_one_summary_record()
    {
        var time = new FakeTime();
        await using var writ = await RunningWrit.StartAsync(time);
        var (_, key) = await writ.AgentAsync("helper");
        var before = await SizesAsync(writ);
        using var nobody = new HttpClient { BaseAddress = writ.Address };
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 300; i++)
        {
            using var answer = (i % 3) switch
            {
                0 => await nobody.GetAsync("/v1/agents"),
                1 => await nobody.PostAsync("/mcp", new StringContent("{}")),
                _ => await nobody.PostAsync("/access/v1/evaluation", new StringContent("{}")),
            };
            statuses.Add(answer.StatusCode);
        }

        // Twenty a second and two seconds' worth at once, whichever door is knocked at.
        Assert.All(statuses.Take(40), s => Assert.Equal(HttpStatusCode.Unauthorized, s));
        Assert.All(statuses.Skip(40), s => Assert.Equal(HttpStatusCode.TooManyRequests, s));
        Assert.Equal(before, await SizesAsync(writ));

        // Whoever shows a credential is not made to pay for it.
        using var agent = new McpAgent(writ, key);
        Assert.Empty(await agent.ToolsAsync());
        time.Advance(TimeSpan.FromSeconds(1));
        using var later = await nobody.GetAsync("/v1/agents");
        Assert.Equal(HttpStatusCode.Unauthorized, later.StatusCode);

        // One record of what was turned away, and one of somebody who knocked and is known to nobody.
        await writ.RestartAsync();
        Assert.Equal(before + 2, await SizesAsync(writ));
        await writ.RestartAsync();
        Assert.Equal(before + 2, await SizesAsync(writ));
    }

    [Fact]
    public async Task One_agent_that_asks_too_much_is_slowed_and_no_other()
    {
        var time = new FakeTime();
        await using var writ = await RunningWrit.StartAsync(
            time, with: o => o with { Limits = o.Limits with { Admission = o.Limits.Admission with { RatePerCredential = 5 } } });
        await BadServer.RegisterAsync(writ);
        using var greedy = new McpAgent(writ, (await writ.AgentAsync("greedy", "bad/*")).Key, "bad");
        using var modest = new McpAgent(writ, (await writ.AgentAsync("modest", "bad/*")).Key, "bad");
        for (var i = 0; i < 10; i++)
            (await greedy.CallAsync("echo")).Result();
        (await greedy.CallAsync("echo")).Refused("WRIT4005");
        (await modest.CallAsync("echo")).Result();
        time.Advance(TimeSpan.FromSeconds(1));
        (await greedy.CallAsync("echo")).Result();
    }

    private static async Task<long> SizesAsync(RunningWrit writ) =>
        (await writ.GetAsync("/v1/ledger"))["logs"]!.AsArray().Sum(log => log!["size"]!.GetValue<long>());
}
