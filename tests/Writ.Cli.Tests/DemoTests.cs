using Writ.Gateways.Mcp.Upstreams;

namespace Writ.Cli.Tests;

/// <summary>The demo as a user plays it: server, desk and agent are processes of their own.</summary>
public sealed class DemoTests
{
    [Fact]
    public async Task The_demo_meets_all_five_outcomes_and_its_claims_hold()
    {
        if (new Bubblewrap().Problem is { } problem)
            Assert.Skip(problem);
        var run = await CliRun.OfAsync("demo", "--once", "--port", "0", "--json");
        Assert.True(run.Exit == 0, run.Output + run.Error);
        Assert.True(run.Json.GetProperty("holds").GetBoolean());
        Assert.Superset(
            new HashSet<string?> { "ALLOW", "ALLOW_WITH_CONSTRAINTS", "REQUIRE_APPROVAL", "REMEDIATE", "DENY" },
            run.Json.GetProperty("steps").EnumerateArray().Select(step => step.GetProperty("outcome").GetString()).ToHashSet());
        Assert.All(run.Json.GetProperty("checks").EnumerateArray(), check => Assert.True(check.GetProperty("holds").GetBoolean(), check.ToString()));
        Assert.True(run.Json.GetProperty("ledger").GetProperty("sound").GetBoolean());
        Assert.DoesNotContain("agk_", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("wpt_", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_is_not_empty_is_not_touched()
    {
        var run = await CliRun.OfAsync("demo", "--once", "--folder", AppContext.BaseDirectory);
        Assert.Equal(2, run.Exit);
        Assert.Contains("not empty", run.Error, StringComparison.Ordinal);
    }
}
