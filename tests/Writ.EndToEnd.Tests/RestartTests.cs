using System.Net;
using System.Text.Json.Nodes;
using Writ.Server;
using Writ.Testing;

namespace Writ.EndToEnd.Tests;

/// <summary>What holds after a stop, after a crash, and over folders that somebody tampered with.</summary>
public sealed class RestartTests
{
    [Fact]
    public async Task State_after_a_restart_is_state_before()
    {
        await using var writ = await RunningWrit.StartAsync();
        var bad = await BadServer.RegisterAsync(writ);
        var (id, key) = await writ.AgentAsync("helper", "bad/echo");
        var (suspended, _) = await writ.AgentAsync("suspended", "bad/*");
        await writ.PostAsync($"/v1/agents/{suspended}/suspend", new JsonObject { ["reason"] = "rest" }, 200);
        var task = await writ.PostAsync("/v1/tasks", new JsonObject { ["agent"] = id, ["purpose"] = "testing" });
        using (var agent = new McpAgent(writ, key, "bad") { Task = task.Word("token") })
            (await agent.CallAsync("echo")).Result();
        await writ.NewestEffectAsync();

        var before = await EverythingAsync(writ);
        await writ.RestartAsync();
        Assert.Equal(before, await EverythingAsync(writ));

        using var again = new McpAgent(writ, key, "bad") { Task = task.Word("token") };
        (await again.CallAsync("echo")).Result();
        Assert.Equal(task.Word("task"), (await writ.DecisionsAsync())[0].Word("task"));
        Assert.Equal(["echo", "echo"], bad.Called());
    }

    [Fact]
    public async Task A_dispatch_that_a_crash_cut_off_gets_the_effect_unknown()
    {
        await using var writ = await RunningWrit.StartAsync();
        var bad = await BadServer.RegisterAsync(writ);
        var (_, key) = await writ.AgentAsync("helper", "bad/*");
        var agent = new McpAgent(writ, key, "bad");
        var call = agent.CallAsync("hang");
        await bad.ReachedAsync(1);
        Assert.Null(Assert.Single(await writ.DecisionsAsync()).Effect());

        var copy = await writ.CrashedCopyAsync();
        agent.Dispose();
        await Assert.ThrowsAnyAsync<Exception>(() => call);
        await using (var after = await RunningWrit.StartAsync(folder: copy))
        {
            var decision = Assert.Single(await after.DecisionsAsync());
            Assert.Equal("ALLOW", decision.Word("outcome"));
            Assert.Equal("unknown", decision.Effect());
            await after.RestartAsync();
            Assert.Equal("unknown", Assert.Single(await after.DecisionsAsync()).Effect());
        }

        Directory.Delete(copy, recursive: true);
    }

    [Fact]
    public async Task What_a_killed_process_had_answered_is_there_and_what_it_had_not_settled_is_unknown()
    {
        await using var writ = await RunningWrit.StartAsync();
        var bad = await BadServer.RegisterAsync(writ);
        var (_, key) = await writ.AgentAsync("helper", "bad/*");
        await writ.StopAsync();

        await using (var served = await ServedWrit.StartAsync(writ.Folder))
        {
            using var agent = new McpAgent(served.Client(key), "bad");
            for (var i = 0; i < 20; i++)
                (await agent.CallAsync("echo", new JsonObject { ["n"] = i })).Result();
            var cut = agent.CallAsync("hang");
            await bad.ReachedAsync(21);
            await served.KillAsync();
            await Assert.ThrowsAnyAsync<Exception>(() => cut);
        }

        await writ.RestartAsync();
        var decisions = await writ.DecisionsAsync();
        Assert.Equal(21, decisions.Count);
        Assert.All(decisions, d => Assert.Equal("ALLOW", d.Word("outcome")));
        Assert.Equal("tool/bad/hang", decisions[0].Word("action"));
        Assert.Equal("unknown", decisions[0].Effect());
        Assert.All(decisions.Skip(1), d => Assert.True(d.Effect() is "executed" or "unknown", d.ToJsonString()));

        await writ.RestartAsync();
        Assert.Equal(decisions.Select(d => d.ToJsonString()), (await writ.DecisionsAsync()).Select(d => d.ToJsonString()));
    }

    [Fact]
    public async Task T41_a_data_folder_that_was_rolled_back_does_not_start()
    {
        await using var writ = await RunningWrit.StartAsync();
        await BadServer.RegisterAsync(writ);
        var (_, key) = await writ.AgentAsync("helper", "bad/*");
        await writ.RestartAsync();
        var backup = await writ.CrashedCopyAsync();
        using (var agent = new McpAgent(writ, key, "bad"))
            (await agent.CallAsync("echo")).Result();
        await writ.StopAsync();

        // The old data beside the checkpoints of today.
        Directory.Delete(Path.Combine(backup, "config"), recursive: true);
        Directory.Move(Path.Combine(writ.Folder, "config"), Path.Combine(backup, "config"));
        var refusal = await RefusalAsync(backup);
        Assert.Contains("checkpoint", refusal.Message, StringComparison.OrdinalIgnoreCase);

        // The same data under its own checkpoints does.
        Directory.Move(Path.Combine(backup, "config"), Path.Combine(writ.Folder, "config"));
        await using (await RunningWrit.StartAsync(folder: writ.Folder))
        {
        }

        Directory.Delete(backup, recursive: true);
    }

    [Fact]
    public async Task A_data_folder_without_its_configuration_folder_does_not_start()
    {
        await using var writ = await RunningWrit.StartAsync();
        await writ.StopAsync();
        Directory.Move(Path.Combine(writ.Folder, "config"), Path.Combine(writ.Folder, "elsewhere"));
        var refusal = await RefusalAsync(writ.Folder);
        Assert.Contains("restore", refusal.Message);
        Assert.False(File.Exists(Path.Combine(writ.Folder, "config", "signing.key")));
    }

    [Theory]
    [InlineData("pepper.key")]
    [InlineData("signing.key")]
    [InlineData("master.key")]
    public async Task A_missing_key_is_named_and_never_made_anew(string key)
    {
        await using var writ = await RunningWrit.StartAsync();
        await writ.StopAsync();
        var path = Path.Combine(writ.Folder, "config", key);
        File.Move(path, path + ".away");
        var refusal = await RefusalAsync(writ.Folder);
        Assert.Contains(path, refusal.Message);
        Assert.Contains("restore", refusal.Message);
        Assert.False(File.Exists(path));

        File.Move(path + ".away", path);
        await writ.RestartAsync();
    }

    [Theory]
    [InlineData("pepper.key")]
    [InlineData("signing.key")]
    [InlineData("master.key")]
    public async Task A_key_that_others_can_read_is_refused_with_the_command_that_mends_it(string key)
    {
        await using var writ = await RunningWrit.StartAsync();
        await writ.StopAsync();
        var path = Path.Combine(writ.Folder, "config", key);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        var refusal = await RefusalAsync(writ.Folder);
        Assert.Contains(path, refusal.Message);
        Assert.Contains("chmod 600", refusal.Message);

        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await writ.RestartAsync();
    }

    [Fact]
    public async Task A_ledger_that_was_edited_does_not_start_and_does_not_verify()
    {
        await using var writ = await RunningWrit.StartAsync();
        await BadServer.RegisterAsync(writ);
        await writ.StopAsync();
        var segment = Directory.EnumerateFiles(Path.Combine(writ.Folder, "data", "control"), "*", SearchOption.AllDirectories)
            .First(path => File.ReadAllBytes(path).AsSpan().IndexOf("Bootstrap administrator"u8) >= 0);
        var bytes = await File.ReadAllBytesAsync(segment);
        var at = bytes.AsSpan().IndexOf("Bootstrap administrator"u8);
        Assert.True(at > 0);
        bytes[at] = (byte)'b';
        await File.WriteAllBytesAsync(segment, bytes);
        Assert.NotEmpty((await RefusalAsync(writ.Folder)).Message);
        await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(() => Ledgers.VerifyAsync(writ.Folder));

        bytes[at] = (byte)'B';
        await File.WriteAllBytesAsync(segment, bytes);
        await writ.RestartAsync();
    }

    [Fact]
    public async Task Two_servers_never_own_one_folder()
    {
        await using var writ = await RunningWrit.StartAsync();
        Assert.NotEmpty((await RefusalAsync(writ.Folder)).Message);
        using var answer = await writ.Administrator.GetAsync("/readyz");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private static async Task<ServerStart.Refused> RefusalAsync(string folder)
    {
        var start = await WritServer.StartAsync(RunningWrit.OptionsIn(folder), TimeProvider.System, CancellationToken.None);
        if (start is ServerStart.Started started)
            await started.Server.DisposeAsync();
        return Assert.IsType<ServerStart.Refused>(start);
    }

    private static async Task<string> EverythingAsync(RunningWrit writ)
    {
        var parts = new List<string>();
        foreach (var path in new[] { "/v1/agents", "/v1/servers", "/v1/bundles", "/v1/approvals", "/v1/decisions" })
            parts.Add((await writ.GetAsync(path)).ToJsonString());
        return string.Join('\n', parts);
    }
}
