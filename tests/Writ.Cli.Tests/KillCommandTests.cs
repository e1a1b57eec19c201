namespace Writ.Cli.Tests;

/// <summary><c>writ kill</c> against a server.</summary>
public sealed class KillCommandTests
{
    [Fact]
    public async Task A_kill_is_ordered_listed_measured_and_lifted()
    {
        await using var server = await RunningServer.StartAsync();
        await LedgerQueryTests.DecideAsync(server, 1);
        Assert.Contains("nothing is killed", (await server.RunAsync("kill")).Output, StringComparison.Ordinal);

        var noticed = DateTimeOffset.UtcNow.AddSeconds(-50).ToString("O", System.Globalization.CultureInfo.InvariantCulture);
        var killed = await server.RunAsync("kill", "agent/bot", "--reason", "a test", "--detected", noticed);
        Assert.True(killed.Exit == 0, killed.Output + killed.Error);
        Assert.Matches("killed: agent/[0-9a-f-]{36}", killed.Output);

        CliRun list;
        while (!(list = await server.RunAsync("kill")).Output.Contains(" s ", StringComparison.Ordinal) || !list.Output.Contains("stands", StringComparison.Ordinal))
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        Assert.Matches(@"stands\s+0\s+5\d\.\d s\s+a test", list.Output);
        var id = (await server.RunAsync("kill", "--json")).Json.GetProperty("standing")[0].GetProperty("id").GetString()!;
        Assert.Matches(@"time to kill, longest\s+5\d(\.\d+)? s\s+30 s or less\s+above", (await server.RunAsync("report", "scorecard")).Output);
        Assert.Matches(@"time to kill, longest\s+30 s or less\s+no data", (await server.RunAsync("report", "scorecard", "--to", "2020-01-01")).Output);

        Assert.Contains("lifted: agent/", (await server.RunAsync("kill", "--lift", id, "--reason", "over")).Output, StringComparison.Ordinal);
        Assert.Contains("lifted by administrator", (await server.RunAsync("kill")).Output, StringComparison.Ordinal);
        Assert.NotEqual(0, (await server.RunAsync("kill", "--lift", id, "--reason", "over")).Exit);
        await server.StopAsync();
        Assert.Matches(@"time to kill, longest\s+5\d(\.\d+)? s\s+30 s or less\s+above", (await CliRun.OfAsync("report", "scorecard", "--data", server.Data)).Output);
    }

    [Theory]
    [InlineData("everything")]
    [InlineData("--lift", "019f3a52-7d6c-7b1e-9a51-3f2c8e4d1b7a")]
    [InlineData("--reason", "r")]
    [InlineData("everything", "--lift", "x", "--reason", "r")]
    [InlineData("--detected", "2026-01-01")]
    public async Task Half_an_order_is_refused(params string[] arguments) => Assert.Equal(2, (await CliRun.OfAsync(["kill", .. arguments])).Exit);
}
