using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace Writ.EndToEnd.Tests;

/// <summary>What is recorded goes out, whatever happens in between.</summary>
public sealed class FeedTests
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    [Fact]
    public async Task A_feed_sends_both_logs_says_how_it_stands_and_is_silent_once_it_is_removed()
    {
        await using var writ = await StartAsync("FIRST");
        await using var receiver = await FeedReceiver.StartAsync();
        var (agent, point) = await CallerAsync(writ);
        await RegisterAsync(writ, "first", receiver);

        await DecideAsync(writ.Client(point), agent);
        var kinds = new HashSet<string>();
        while (!kinds.IsSupersetOf(["dev.writ.decision", "dev.writ.control.feed.registered"]))
            kinds.Add((await receiver.NextAsync()).Word("type")!);

        var shown = (await writ.GetAsync("/v1/feeds"))["feeds"]![0]!;
        Assert.True(shown["secret_set"]!.GetValue<bool>());
        Assert.DoesNotContain(Secret, shown.ToJsonString(), StringComparison.Ordinal);
        using var client = writ.Client(writ.AdministratorToken);
        Assert.Contains("writ_feed_stalled{organization=\"default\",feed=\"first\",log=\"decisions\"} 0\n", await client.GetStringAsync("/metrics", TestContext.Current.CancellationToken), StringComparison.Ordinal);

        await writ.PostAsync("/v1/feeds/first/remove", new JsonObject { ["reason"] = "test" }, 200);
        while (Directory.EnumerateFiles(Path.Combine(writ.Folder, "data", "feeds")).Any())
            await Task.Yield();
        _ = receiver.Rest().Count();
        await DecideAsync(writ.Client(point), agent);
        await RegisterAsync(writ, "first", receiver);
        // What was recorded between the two belongs to neither.
        Assert.Equal("dev.writ.control.feed.registered", (await receiver.NextAsync()).Word("type"));
    }

    [Fact]
    public async Task A_receiver_that_fails_is_shown_and_gets_everything_once_it_is_back()
    {
        await using var writ = await StartAsync("SECOND");
        await using var receiver = await FeedReceiver.StartAsync();
        receiver.Status = 503;
        var (agent, point) = await CallerAsync(writ);
        await RegisterAsync(writ, "second", receiver, "outcome = DENY", control: false);
        await DecideAsync(writ.Client(point), agent);
        await receiver.RefusedAsync();
        await receiver.RefusedAsync(); // the first is known by the second
        var log = (await writ.GetAsync("/v1/feeds"))["feeds"]![0]!["logs"]![0]!;
        Assert.Equal(("retrying", "WRIT2111", "HTTP status 503"), (log.Word("standing"), log.Word("code"), log.Word("error")));
        await DecideAsync(writ.Client(point), agent);
        receiver.Status = 200;
        Assert.Equal("DENY", (await receiver.NextAsync())["data"]!.Word("outcome"));
        Assert.Equal("DENY", (await receiver.NextAsync())["data"]!.Word("outcome"));
    }

    [Fact]
    public async Task T36_a_process_that_is_killed_again_and_again_leaves_no_record_out()
    {
        await using var writ = await StartAsync("THIRD");
        await using var receiver = await FeedReceiver.StartAsync();
        var (agent, point) = await CallerAsync(writ);
        await RegisterAsync(writ, "third", receiver, fromStart: true);
        await writ.StopAsync();

        var seen = new SortedSet<ulong>();
        for (var life = 0; life < 4; life++)
        {
            await using var served = await ServedWrit.StartAsync(writ.Folder);
            using var client = served.Client(point);
            for (var i = 0; i < 10; i++)
                await DecideAsync(client, agent);
            // Killed while some are on their way: only the first few were waited for.
            for (var i = 0; i < 3; i++)
                Take(await receiver.NextAsync());
        }

        await using (var last = await ServedWrit.StartAsync(writ.Folder))
        {
            using var client = last.Client(writ.AdministratorToken);
            var size = (await client.GetFromJsonAsync<JsonObject>("/v1/ledger", TestContext.Current.CancellationToken))!["logs"]!.AsArray()
                .Single(l => l!.Word("origin")!.EndsWith("/decisions", StringComparison.Ordinal))!["size"]!.GetValue<ulong>();
            Assert.True(size >= 40);
            while ((ulong)seen.Count < size)
                Take(await receiver.NextAsync());
            Assert.Equal((0UL, size - 1), (seen.Min, seen.Max));
        }

        void Take(JsonObject one)
        {
            if (one.Word("source")!.EndsWith("/decisions", StringComparison.Ordinal))
                seen.Add(ulong.Parse(one.Word("id")!));
        }
    }

    [Fact]
    public async Task What_is_sealed_never_leaves()
    {
        await using var writ = await StartAsync("FOURTH");
        await using var receiver = await FeedReceiver.StartAsync();
        await BadServer.RegisterAsync(writ, "permit (principal, action, resource);");
        var (_, key) = await writ.AgentAsync("helper", "bad/*");
        await RegisterAsync(writ, "fourth", receiver, format: "record");
        using (var agent = new McpAgent(writ, key, "bad"))
            (await agent.CallAsync("echo", new JsonObject { ["text"] = "telltale-argument" })).Result();
        var all = new StringBuilder();
        JsonObject one;
        do
            all.AppendLine((one = await receiver.NextAsync()).ToJsonString());
        while (one["record"]!.Word("kind") != "effect");
        Assert.Contains("tool/bad/echo", all.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("telltale", all.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"name":"x","url":"https://siem.example/","where":"outcom = DENY"}""", "did you mean outcome")]
    [InlineData("""{"name":"x","url":"https://siem.example/","where":"outcome = DENY limit 5"}""", "a filter alone")]
    [InlineData("""{"name":"x","url":"https://siem.example/?k=v"}""", "query")]
    [InlineData("""{"name":"x","url":"https://siem.example/","secret":"s"}""", "secret")]
    public async Task One_that_makes_no_sense_is_refused(string body, string detail)
    {
        await using var writ = await RunningWrit.StartAsync();
        using var client = writ.Client(writ.AdministratorToken);
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync("/v1/feeds", content, TestContext.Current.CancellationToken);
        Assert.Equal(400, (int)answer.StatusCode);
        Assert.Contains(detail, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private static Task<RunningWrit> StartAsync(string variable)
    {
        Environment.SetEnvironmentVariable($"WRIT_FEED_DEFAULT__{variable}", Secret);
        return RunningWrit.StartAsync();
    }

    private static Task<JsonObject> RegisterAsync(RunningWrit writ, string name, FeedReceiver receiver, string? where = null, bool control = true, bool fromStart = false, string format = "cloudevents")
    {
        var body = new JsonObject { ["name"] = name, ["url"] = receiver.Url, ["allowed_addresses"] = new JsonArray("127.0.0.1"), ["control"] = control, ["from_start"] = fromStart, ["format"] = format };
        if (where is not null)
            body["where"] = where;
        return writ.PostAsync("/v1/feeds", body);
    }

    private static async Task<(string Agent, string Point)> CallerAsync(RunningWrit writ)
    {
        var (agent, _) = await writ.AgentAsync("asked", "desk/*");
        return (agent, (await writ.PostAsync("/v1/enforcement-points", new JsonObject { ["name"] = "point", ["agents"] = new JsonArray(agent) })).Word("key")!);
    }

    private static async Task DecideAsync(HttpClient client, string agent)
    {
        var body = JsonNode.Parse($$$"""{"subject":{"type":"agent","id":"{{{agent}}}"},"action":{"name":"tool/call"},"resource":{"type":"tool","id":"desk/read"}}""");
        using var answer = await client.PostAsJsonAsync("/access/v1/evaluation", body, TestContext.Current.CancellationToken);
        Assert.Equal(200, (int)answer.StatusCode);
    }
}
