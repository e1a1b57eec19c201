using Writ.Testing;

namespace Writ.Cli.Tests;

/// <summary>The command against the real server, both as processes of their own.</summary>
public sealed class ServerRoundTripTests
{
    private static readonly string Bundle = Repository.PathOf("samples", "policies", "support-desk");

    [Fact]
    public async Task Everything_that_talks_to_a_server_works_against_the_real_one()
    {
        await using var server = await RunningServer.StartAsync();
        using var desk = new TemporaryFile(
            """
            {"slug":"support-desk","connection":{"type":"declared"},
             "tools":{"get_order":{"effect":"read","capability":"orders.read","risk_tags":["none"]}},
             "definitions":[{"name":"get_order","inputSchema":{"type":"object","properties":{"order_id":{"type":"string"}}}},{"name":"unclassified","inputSchema":{"type":"object"}}]}
            """);

        var added = await Done(server.RunAsync("server", "add", desk.Path));
        Assert.Contains("1 of 2 tools are quarantined", added.Error, StringComparison.Ordinal);
        Assert.Contains("unclassified", (await Done(server.RunAsync("server", "list"))).Output, StringComparison.Ordinal);
        Assert.StartsWith("agk_", (await Done(server.RunAsync("agent", "add", "bot", "--ring", "1", "--grant", "support-desk/*", "--json"))).Json.GetProperty("key").GetString(), StringComparison.Ordinal);
        Assert.Contains("support-desk/*", (await Done(server.RunAsync("agent", "list"))).Output, StringComparison.Ordinal);
        Assert.Equal("nothing waits for approval\n", (await Done(server.RunAsync("approve"))).Output);

        string[] question = ["policy", "explain", "bot", "support-desk/get_order", "--arguments", """{"order_id":"NW-1007"}""", "--json"];
        Assert.Equal((1, "DENY"), Outcome(await server.RunAsync(question)));
        Assert.Equal((0, "ALLOW"), Outcome(await server.RunAsync([.. question, "--with", Bundle, "--on-behalf-of", "kim", "--at", "2026-01-05T10:00:00Z"])));
        Assert.Equal((1, "DENY"), Outcome(await server.RunAsync(question)));
        await Done(server.RunAsync("policy", "publish", Bundle));
        Assert.Equal((0, "ALLOW"), Outcome(await server.RunAsync(question)));
        Assert.Equal("bot is suspended\n", (await Done(server.RunAsync("agent", "suspend", "bot", "--reason", "a test"))).Output);
        Assert.Equal((1, "DENY"), Outcome(await server.RunAsync(question)));
        Assert.Equal("bot is active\n", (await Done(server.RunAsync("agent", "activate", "bot", "--reason", "a test"))).Output);
        Assert.StartsWith("wtt_", (await Done(server.RunAsync("task", "open", "bot", "--purpose", "a test", "--json"))).Json.GetProperty("token").GetString(), StringComparison.Ordinal);

        Assert.Equal(1, (await server.RunAsync("agent", "add", "bot")).Exit);
        Assert.Equal(2, (await server.RunAsync("approve", "01a1fd24-d469-7b5e-a316-395e8f0fcee9", "--yes")).Exit);
        Assert.Equal(2, (await CliRun.OfAsync("agent", "list", "--server", server.Url)).Exit);

        Assert.Equal(0, await server.StopAsync());
        var verified = await Done(server.RunAsync("ledger", "verify", server.Data, "--json"));
        Assert.True(verified.Json.GetProperty("sound").GetBoolean());
        Assert.True(verified.Json.GetProperty("signed_for_whole").GetBoolean());
    }

    [Fact]
    public async Task A_second_server_on_the_same_folders_is_refused()
    {
        await using var server = await RunningServer.StartAsync();
        var second = await CliRun.OfAsync("serve", "--data", server.Data, "--configuration", server.Configuration, "--listen", "127.0.0.1:0", "--set", "ledger.segment_bytes=32 MiB");
        Assert.Equal((3, ""), (second.Exit, second.Output));
        Assert.Contains("another process owns", second.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_configuration_ends_with_2_and_every_problem()
    {
        using var file = new TemporaryFile("lisen: 127.0.0.1:1\nlimits:\n  upstream_timeout: 60\n");
        var run = await CliRun.OfAsync(["serve", "--config", file.Path, "--set", "ledger.segments=1", "--set", "nonsense"], new() { ["WRIT_LOG_LEVEL"] = "loud" });
        Assert.Equal((2, ""), (run.Exit, run.Output));
        Assert.All(
            [$"{file.Path}:1:1: WRIT9003", "did you mean 'listen'?", $"{file.Path}:3:21: WRIT9006", "--set ledger.segments: WRIT9003", "WRIT_LOG_LEVEL: WRIT9006"],
            part => Assert.Contains(part, run.Error, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_bundle_is_checked_without_a_server()
    {
        Assert.Contains("nothing wrong", (await Done(CliRun.OfAsync("policy", "check", Bundle))).Output, StringComparison.Ordinal);
        var folder = Directory.CreateTempSubdirectory("writ-bundle-");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "bundle.json"), """{"name":"b","version":"1","tier":"soft"}""", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "a.cedar"), "permit (principal, action, resource)\nwhen { context.x ~ 1 };", TestContext.Current.CancellationToken);
        var run = await CliRun.OfAsync("policy", "check", folder.FullName);
        Assert.Equal(1, run.Exit);
        Assert.Contains($"{folder.FullName}/a.cedar:2:", run.Error, StringComparison.Ordinal);
        Assert.Equal(2, (await CliRun.OfAsync("policy", "check", folder.FullName + "/gone")).Exit);
        folder.Delete(recursive: true);
    }

    private static async Task<CliRun> Done(Task<CliRun> running)
    {
        var run = await running;
        Assert.True(run.Exit == 0, run.Error);
        return run;
    }

    private static (int, string?) Outcome(CliRun run) => (run.Exit, run.Json.GetProperty("outcome").GetString());
}
