using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Writ.Testing;

namespace Writ.EndToEnd.Tests;

/// <summary>Whose words about the work count.</summary>
public sealed class TaskTests
{
    private const string OnPurpose = """
        @id("attested") permit (principal, action, resource) when { context.task has purpose && context.task.purpose == "refunds" };
        @id("admits") forbid (principal, action, resource) when { context.claimed has purpose && context.claimed.purpose == "exfiltration" };
        """;

    [Fact]
    public async Task What_a_person_says_a_task_is_for_is_a_fact()
    {
        await using var writ = await RunningWrit.StartAsync();
        var bad = await BadServer.RegisterAsync(writ, OnPurpose);
        var (id, key) = await writ.AgentAsync("helper", "bad/*");
        using var agent = new McpAgent(writ, key, "bad");
        (await agent.CallAsync("echo")).Refused("WRIT1001");

        var task = await writ.PostAsync("/v1/tasks", new JsonObject { ["agent"] = id, ["purpose"] = "refunds", ["request"] = "Please refund NW-1007." });
        agent.Task = task.Word("token");
        (await agent.CallAsync("echo")).Result();
        Assert.Single(bad.Calls());
        var decision = (await writ.DecisionsAsync())[0];
        Assert.Equal((task.Word("task"), "administrator"), (decision.Word("task"), decision.Word("started_by")));
        Assert.DoesNotContain("NW-1007", decision.ToJsonString());
    }

    [Fact]
    public async Task T76_what_an_agent_says_its_task_is_for_opens_nothing_and_can_close()
    {
        await using var writ = await RunningWrit.StartAsync();
        var bad = await BadServer.RegisterAsync(writ, OnPurpose);
        var (id, key) = await writ.AgentAsync("helper", "bad/*");
        var attested = await writ.PostAsync("/v1/tasks", new JsonObject { ["agent"] = id, ["purpose"] = "refunds" });
        var claims = await writ.PublishAsync("claims", "permit (principal, action, resource) when { context.claimed has purpose };", status: 422);
        Assert.Contains("context.claimed", claims["problems"]![0]!.Word("message"));
        using var http = writ.Client(key);
        using var agent = new McpAgent(writ, key, "bad");

        agent.Task = (await OpenAsync(http, "refunds", null)).Word("token");
        (await agent.CallAsync("echo")).Refused("WRIT1001");
        Assert.Empty(bad.Calls());

        // A child keeps what was attested above it, and what the agent admits counts against it.
        var child = await OpenAsync(http, "exfiltration", attested.Word("token"));
        Assert.Equal(attested.Word("task"), child.Word("parent"));
        agent.Task = child.Word("token");
        (await agent.CallAsync("echo")).Refused("WRIT1002");
        agent.Task = (await OpenAsync(http, null, attested.Word("token"))).Word("token");
        (await agent.CallAsync("echo")).Result();
        Assert.Single(bad.Calls());
    }

    [Fact]
    public async Task A_task_token_works_for_the_credential_it_was_bound_to_and_no_other()
    {
        await using var writ = await RunningWrit.StartAsync();
        var bad = await BadServer.RegisterAsync(writ, OnPurpose);
        var (id, key) = await writ.AgentAsync("helper", "bad/*");
        var (_, otherKey) = await writ.AgentAsync("other", "bad/*");
        var token = (await writ.PostAsync("/v1/tasks", new JsonObject { ["agent"] = id, ["purpose"] = "refunds" })).Word("token")!;
        var second = (await writ.PostAsync($"/v1/agents/{id}/keys")).Word("key")!;
        foreach (var wrong in new[] { otherKey, second })
        {
            using var agent = new McpAgent(writ, wrong, "bad") { Task = token };
            (await agent.CallAsync("echo")).Refused("WRIT3003");
        }

        using var forged = new McpAgent(writ, key, "bad") { Task = token[..^1] + (token[^1] == 'A' ? 'B' : 'A') };
        (await forged.CallAsync("echo")).Refused("WRIT3003");
        Assert.Empty(bad.Calls());
        using var right = new McpAgent(writ, key, "bad") { Task = token };
        (await right.CallAsync("echo")).Result();
    }

    [Fact]
    public async Task A_client_that_names_no_task_is_in_one_until_it_has_been_idle()
    {
        var time = new FakeTime();
        await using var writ = await RunningWrit.StartAsync(time);
        await BadServer.RegisterAsync(writ);
        var (_, key) = await writ.AgentAsync("helper", "bad/*");
        using var agent = new McpAgent(writ, key, "bad");
        (await agent.CallAsync("echo")).Result();
        time.Advance(TimeSpan.FromMinutes(29));
        (await agent.CallAsync("echo")).Result();
        time.Advance(TimeSpan.FromMinutes(29));
        (await agent.CallAsync("echo")).Result();
        time.Advance(TimeSpan.FromMinutes(31));
        (await agent.CallAsync("echo")).Result();
        var tasks = (await writ.DecisionsAsync()).Select(d => d.Word("task")).ToArray();
        Assert.Equal(tasks[1], tasks[2]);
        Assert.Equal(tasks[2], tasks[3]);
        Assert.NotEqual(tasks[0], tasks[1]);
    }

    [Fact]
    public async Task An_agent_opens_tasks_for_itself_only()
    {
        await using var writ = await RunningWrit.StartAsync();
        var (_, key) = await writ.AgentAsync("helper");
        var (other, _) = await writ.AgentAsync("other");
        using var http = writ.Client(key);
        using var answer = await http.PostAsJsonAsync("/v1/tasks", new JsonObject { ["agent"] = other });
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task An_agent_sees_and_reaches_what_it_has_been_given_and_the_task_is_for_and_who_asked_may_use()
    {
        await using var writ = await RunningWrit.StartAsync();
        var bad = await BadServer.RegisterAsync(writ);
        var (id, key) = await writ.AgentAsync("helper", "bad/*");
        using var agent = new McpAgent(writ, key, "bad");
        Assert.Contains("hang", await agent.ToolsAsync());

        var task = await writ.PostAsync("/v1/tasks", new JsonObject { ["agent"] = id, ["scope"] = new JsonArray("bad/echo", "bad/flood", "other/*") });
        agent.Task = task.Word("token");
        Assert.Equal(["echo", "flood"], (await agent.ToolsAsync()).Order(StringComparer.Ordinal));
        (await agent.CallAsync("echo")).Result();
        (await agent.CallAsync("die")).Refused("WRIT3004");

        // A child is no wider, whatever it asks for.
        using var http = writ.Client(key);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/tasks") { Content = JsonContent.Create(new JsonObject { ["scope"] = new JsonArray("bad/*") }) };
        request.Headers.Add("Writ-Task", task.Word("token"));
        using var opened = await http.SendAsync(request);
        using (var child = new McpAgent(writ, key, "bad") { Task = JsonNode.Parse(await opened.Content.ReadAsStringAsync())!.Word("token") })
        {
            Assert.Equal(["echo", "flood"], (await child.ToolsAsync()).Order(StringComparer.Ordinal));
            (await child.CallAsync("hang")).Refused("WRIT3004");
        }

        // Who asked counts at once, in tasks that are open too, and after a restart.
        using (var answer = await writ.Administrator.PutAsJsonAsync("/v1/people/administrator/tools", new JsonObject { ["tools"] = new JsonArray("bad/flood") }))
            Assert.Equal("bad/flood", JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["tools"]![0]!.GetValue<string>());
        Assert.Equal(["flood"], await agent.ToolsAsync());
        (await agent.CallAsync("echo")).Refused("WRIT3004");
        Assert.Equal(["echo"], bad.Called());
        await writ.RestartAsync();
        using var again = new McpAgent(writ, key, "bad") { Task = task.Word("token") };
        Assert.Equal(["flood"], await again.ToolsAsync());
        (await again.CallAsync("echo")).Refused("WRIT3004");

        // A task of nobody's has what the agent has.
        again.Task = null;
        (await again.CallAsync("echo")).Result();
    }

    private static async Task<JsonObject> OpenAsync(HttpClient agent, string? purpose, string? within)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/tasks") { Content = JsonContent.Create(new JsonObject { ["purpose"] = purpose }) };
        if (within is not null)
            request.Headers.Add("Writ-Task", within);
        using var answer = await agent.SendAsync(request);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.AsObject();
    }
}
