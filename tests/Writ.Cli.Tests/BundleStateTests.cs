using Writ.Testing;

namespace Writ.Cli.Tests;

/// <summary>The states of a bundle by command, against a real server.</summary>
public sealed class BundleStateTests
{
    private static readonly string Bundle = Repository.PathOf("samples", "policies", "support-desk");

    [Fact]
    public async Task A_bundle_is_staged_shown_made_a_canary_withdrawn_and_promoted_by_command()
    {
        await using var server = await RunningServer.StartAsync("--set", "floor=false");
        using var desk = new TemporaryFile(
            """
            {"slug":"support-desk","connection":{"type":"declared"},
             "tools":{"get_order":{"effect":"read","capability":"orders.read","risk_tags":["none"]}},
             "definitions":[{"name":"get_order","inputSchema":{"type":"object","properties":{"order_id":{"type":"string"}}}}]}
            """);
        await Done(server.RunAsync("server", "add", desk.Path));
        Assert.StartsWith("no bundles: everything is denied", (await Done(server.RunAsync("policy", "list"))).Output, StringComparison.Ordinal);
        await Done(server.RunAsync("policy", "publish", Bundle, "--shadow"));
        Assert.Contains("shadow", (await Done(server.RunAsync("policy", "list"))).Output, StringComparison.Ordinal);
        Assert.Contains("0 decisions compared", (await Done(server.RunAsync("policy", "shadow", "support-desk"))).Output, StringComparison.Ordinal);
        Assert.NotEqual(0, (await server.RunAsync("policy", "promote", "support-desk", "--canary", "10%agents", "--band", "deny=5")).Exit);
        await Done(server.RunAsync("policy", "promote", "support-desk"));
        Assert.Equal("active", await StateAsync(server, last: true));

        var second = Directory.CreateTempSubdirectory("writ-bundle-");
        await File.WriteAllTextAsync(Path.Combine(second.FullName, "bundle.json"), """{"name":"support-desk","version":"2","tier":"soft"}""", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(second.FullName, "a.cedar"), "forbid (principal, action, resource);", TestContext.Current.CancellationToken);
        Assert.Equal(2, (await server.RunAsync("policy", "publish", second.FullName, "--canary", "10%agents")).Exit);
        Assert.Equal(2, (await server.RunAsync("policy", "publish", second.FullName, "--canary", "0%agents", "--band", "deny=5")).Exit);
        Assert.Equal(2, (await server.RunAsync("policy", "publish", second.FullName, "--canary", "10%people", "--band", "deny=5")).Exit);
        Assert.Equal(2, (await server.RunAsync("policy", "publish", second.FullName, "--canary", "10%agents", "--band", "deny")).Exit);
        Assert.Equal(2, (await server.RunAsync("policy", "publish", second.FullName, "--band", "deny=5")).Exit);
        var canary = await Done(server.RunAsync("policy", "publish", second.FullName, "--canary", "10%agents", "--band", "deny=5"));
        Assert.Contains("is a canary and decides for its share", canary.Output, StringComparison.Ordinal);
        Assert.Equal("canary", await StateAsync(server, last: true));
        Assert.Contains("5 points", (await Done(server.RunAsync("policy", "shadow", "support-desk"))).Output, StringComparison.Ordinal);
        await Done(server.RunAsync("policy", "withdraw", "support-desk", "--reason", "a test"));
        Assert.NotEqual(0, (await server.RunAsync("policy", "withdraw", "support-desk", "--reason", "a test")).Exit);
        Assert.NotEqual(0, (await server.RunAsync("policy", "shadow", "support-desk")).Exit);
        Assert.Equal("active", await StateAsync(server, last: true));

        await Done(server.RunAsync("policy", "publish", second.FullName));
        Assert.Equal("superseded", await StateAsync(server, last: false));
        await Done(server.RunAsync("policy", "rollback", "support-desk", "--reason", "a test"));
        Assert.Equal("active", await StateAsync(server, last: false));
        second.Delete(recursive: true);
    }

    private static async Task<string?> StateAsync(RunningServer server, bool last)
    {
        var versions = (await Done(server.RunAsync("policy", "history", "support-desk", "--json"))).Json.GetProperty("versions");
        return versions[last ? versions.GetArrayLength() - 1 : 0].GetProperty("state").GetString();
    }

    private static async Task<CliRun> Done(Task<CliRun> running)
    {
        var run = await running;
        Assert.True(run.Exit == 0, run.Error);
        return run;
    }
}
