using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Writ.Testing;

namespace Writ.EndToEnd.Tests;

/// <summary>Approvals under attack: late, doubled, by the wrong hands, under another policy, across a restart.</summary>
public sealed class ApprovalTests
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(30);

    [Fact]
    public async Task An_approval_that_comes_late_does_not_count()
    {
        var time = new FakeTime();
        await using var stage = await Stage.SetAsync(time);
        var late = (await stage.RefundAsync()).Held();
        time.Advance(Window + TimeSpan.FromSeconds(1));
        Assert.Equal("expired", (await stage.Writ.ApproveAsync(late, 409)).Word("conflict"));
        Assert.NotEqual(late, (await stage.RefundAsync()).Held());
        Assert.Empty(stage.Desk.Calls());
    }

    [Fact]
    public async Task An_approval_that_is_used_late_does_not_count()
    {
        var time = new FakeTime();
        await using var stage = await Stage.SetAsync(time);
        var unused = (await stage.RefundAsync()).Held();
        await stage.Writ.ApproveAsync(unused);
        time.Advance(Window + TimeSpan.FromSeconds(1));
        Assert.NotEqual(unused, (await stage.RefundAsync()).Held());
        Assert.Empty(stage.Desk.Calls());
    }

    [Fact]
    public async Task A_request_shows_itself_to_those_who_may_know_of_its_agent_or_are_asked()
    {
        await using var stage = await Stage.SetAsync(new FakeTime());
        var held = (await stage.RefundAsync()).Held();
        Assert.NotEmpty((await stage.Writ.GetAsync("/v1/approvals"))["approvals"]!.AsArray());
        var eve = (await stage.Writ.PostAsync("/v1/people", new JsonObject { ["name"] = "eve" })).Word("token")!;
        using var client = stage.Writ.Client(eve);
        Assert.Empty(JsonNode.Parse(await client.GetStringAsync("/v1/approvals"))!["approvals"]!.AsArray());
        using var shown = await client.GetAsync($"/v1/approvals/{held}");
        using var unknown = await client.GetAsync($"/v1/approvals/{Guid.CreateVersion7()}");
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (shown.StatusCode, unknown.StatusCode));
    }

    [Fact]
    public async Task T86_a_clock_that_is_set_back_revives_no_expired_approval()
    {
        var time = new FakeTime();
        await using var stage = await Stage.SetAsync(time);

        // A task of its own, which does not end with the idle window that an unnamed one has.
        using var http = stage.Writ.Client(stage.AgentKey);
        using var opened = await http.PostAsJsonAsync("/v1/tasks", new JsonObject());
        stage.Agent.Task = JsonNode.Parse(await opened.Content.ReadAsStringAsync())!.Word("token");
        var mail = new JsonObject { ["customer_id"] = "C-104", ["email"] = "new@mail.example" };
        var approval = (await stage.Agent.CallAsync("update_customer", mail.DeepClone().AsObject())).Held();
        await stage.Writ.ApproveAsync(approval);
        time.Advance(Window + TimeSpan.FromSeconds(1));
        Assert.Empty((await stage.Writ.GetAsync("/v1/approvals"))["approvals"]!.AsArray());

        time.StepWallClock(-Window);
        Assert.NotEqual(approval, (await stage.Agent.CallAsync("update_customer", mail)).Held());
        Assert.Empty(stage.Desk.Calls());
    }

    [Fact]
    public async Task A_rejected_action_stays_refused_and_cannot_be_approved_afterwards()
    {
        await using var stage = await Stage.SetAsync();
        var approval = (await stage.RefundAsync()).Held();
        Assert.Equal("rejected", (await stage.Writ.PostAsync($"/v1/approvals/{approval}/reject", status: 200)).Word("state"));
        Assert.Equal("already_decided", (await stage.Writ.ApproveAsync(approval, 409)).Word("conflict"));
        (await stage.RefundAsync()).Refused("WRIT4002");
        Assert.Empty(stage.Desk.Calls());
    }

    [Fact]
    public async Task T18_neither_the_agent_nor_who_started_its_task_approves_its_action()
    {
        await using var stage = await Stage.SetAsync();
        var task = await stage.Writ.PostAsync("/v1/tasks", new JsonObject { ["agent"] = stage.AgentId, ["purpose"] = "refunds" });
        stage.Agent.Task = task.Word("token");
        var approval = (await stage.RefundAsync()).Held();

        using var agent = stage.Writ.Client(stage.AgentKey);
        Assert.Equal(HttpStatusCode.Forbidden, (await agent.PostAsync($"/v1/approvals/{approval}/approve", null)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await agent.GetAsync("/v1/approvals")).StatusCode);
        using var link = new HttpClient { BaseAddress = stage.Writ.Address };
        Assert.Equal(HttpStatusCode.Unauthorized, (await link.PostAsync($"/v1/approvals/{approval}/approve", null)).StatusCode);
        Assert.Equal("self_approval", (await stage.Writ.ApproveAsync(approval, 409)).Word("conflict"));

        Assert.Equal(approval, (await stage.RefundAsync()).Held());
        Assert.Empty(stage.Desk.Calls());
    }

    [Fact]
    public async Task T19_of_many_approvals_at_once_one_counts_and_of_many_retries_one_runs()
    {
        await using var stage = await Stage.SetAsync();
        var approval = (await stage.RefundAsync()).Held();

        var approvals = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => stage.Writ.Administrator.PostAsync($"/v1/approvals/{approval}/approve", null)));
        Assert.Single(approvals, a => a.StatusCode == HttpStatusCode.OK);
        Assert.All(approvals.Where(a => a.StatusCode != HttpStatusCode.OK), a => Assert.Equal(HttpStatusCode.Conflict, a.StatusCode));

        var retries = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => stage.RefundAsync()));
        Assert.Single(retries, r => r["result"] is not null);
        Assert.All(retries.Where(r => r["result"] is null), r => Assert.True(r.Code() is "WRIT4001" or "WRIT4003", r.ToJsonString()));
        Assert.Single(stage.Desk.Calls());
        Assert.Single(await stage.Writ.DecisionsAsync(), d => d.Word("outcome") == "ALLOW" && d.Word("door") != "facts");
    }

    [Fact]
    public async Task T17_an_approval_under_one_policy_is_worth_nothing_under_the_next()
    {
        await using var stage = await Stage.SetAsync();
        var approval = (await stage.RefundAsync()).Held();
        await stage.Writ.ApproveAsync(approval);
        await Desk.PublishSampleAsync(stage.Writ, version: "1.0.1");
        Assert.NotEqual(approval, (await stage.RefundAsync()).Held());
        Assert.Empty(stage.Desk.Calls());
    }

    [Fact]
    public async Task T20_requests_and_approvals_survive_a_restart_and_a_used_one_stays_used()
    {
        await using var stage = await Stage.SetAsync();
        var approval = (await stage.RefundAsync()).Held();
        await stage.RestartAsync();
        Assert.Equal(approval, Assert.Single((await stage.Writ.GetAsync("/v1/approvals"))["approvals"]!.AsArray())!.Word("id"));
        Assert.Equal(approval, (await stage.RefundAsync()).Held());

        await stage.Writ.ApproveAsync(approval);
        await stage.RestartAsync();
        Assert.Empty(stage.Desk.Calls());
        (await stage.RefundAsync()).Result();

        await stage.RestartAsync();
        Assert.NotEqual(approval, (await stage.RefundAsync()).Held());
        Assert.Equal("consumed", (await stage.Writ.ApproveAsync(approval, 409)).Word("conflict"));
        Assert.Single(stage.Desk.Calls());
    }

    [Fact]
    public async Task A_person_sees_what_the_agent_wrote_before_answering()
    {
        await using var stage = await Stage.SetAsync();
        var approval = (await stage.RefundAsync()).Held();
        var shown = await stage.Writ.GetAsync($"/v1/approvals/{approval}");
        Assert.Equal("NW-1011", shown["arguments"]!.Word("order_id"));
        Assert.Equal("money", shown.Word("effect"));
        Assert.Equal("A refund above 50 EUR is confirmed by a person", shown["asks"]![0]!.Word("reason"));
    }

    /// <summary>The desk, its bundle, and an agent that wants a refund which needs approval.</summary>
    private sealed class Stage(RunningWrit writ, Desk desk, string agentId, string agentKey) : IAsyncDisposable
    {
        public RunningWrit Writ => writ;

        public Desk Desk => desk;

        public string AgentId => agentId;

        public string AgentKey => agentKey;

        public McpAgent Agent { get; private set; } = new(writ, agentKey, "support-desk");

        public static async Task<Stage> SetAsync(TimeProvider? time = null)
        {
            var writ = await RunningWrit.StartAsync(time);
            var desk = await Desk.RegisterAsync(writ);
            await Desk.PublishSampleAsync(writ);
            var (id, key) = await writ.AgentAsync("helper", "support-desk/*");
            return new Stage(writ, desk, id, key);
        }

        public Task<JsonObject> RefundAsync() =>
            Agent.CallAsync("refund_order", new JsonObject { ["order_id"] = "NW-1011", ["amount"] = 80, ["reason"] = "broken" });

        public async Task RestartAsync()
        {
            Agent.Dispose();
            await writ.RestartAsync();
            Agent = new McpAgent(writ, agentKey, "support-desk");
        }

        public ValueTask DisposeAsync()
        {
            Agent.Dispose();
            return writ.DisposeAsync();
        }
    }
}
