using System.Text.Json.Nodes;

namespace Writ.EndToEnd.Tests;

/// <summary>Versions of agents: registered once, deployed by name, named in every record.</summary>
public sealed class VersionTests
{
    private const string Prompt = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    [Fact]
    public async Task Every_record_names_the_deployed_version_and_its_prompt_across_a_restart()
    {
        await using var writ = await RunningWrit.StartAsync();
        await BadServer.RegisterAsync(writ);
        var (id, key) = await writ.AgentAsync("helper", "bad/echo");
        var added = await writ.PostAsync($"/v1/agents/{id}/versions", new JsonObject
        {
            ["name"] = "2", ["provider"] = "vendor", ["model"] = "model-2026-07-01", ["parameters"] = new JsonObject { ["temperature"] = "0.2" },
            ["prompt_hash"] = Prompt, ["prompt_number"] = 12, ["scores"] = new JsonObject { ["refunds"] = "0.97" }, ["approval"] = "review 12",
        });
        Assert.Equal("1", added.Word("deployed"));
        var version = added["versions"]![1]!;
        Assert.Equal(["bad/echo"], version["tools"]!.AsObject().Select(tool => tool.Key));
        Assert.Equal("0.2", version["parameters"]!.Word("temperature"));

        using (var agent = new McpAgent(writ, key, "bad"))
        {
            (await agent.CallAsync("echo")).Result();
            await writ.PostAsync($"/v1/agents/{id}/versions/2/deploy", new JsonObject { ["reason"] = "reviewed" }, 200);
            (await agent.CallAsync("echo")).Result();
        }

        await writ.RestartAsync();
        var records = await writ.DecisionsAsync();
        Assert.Equal(["2 model-2026-07-01 " + Prompt, "1 unstated "], records.Select(r => $"{r.Word("agent_version")} {r.Word("model")} {r.Word("prompt_hash")}"));
        Assert.Equal(1, (await writ.GetAsync($"/v1/records?q={Uri.EscapeDataString($"prompt = {Prompt} and version = 2")}"))["matched"]!.GetValue<int>());
        Assert.Equal("2", (await writ.GetAsync($"/v1/agents/{id}/versions")).Word("deployed"));
    }

    [Fact]
    public async Task A_version_never_changes_and_only_one_that_there_is_can_be_deployed()
    {
        await using var writ = await RunningWrit.StartAsync();
        var (id, _) = await writ.AgentAsync("helper");
        await writ.PostAsync($"/v1/agents/{id}/versions", new JsonObject { ["name"] = "1", ["model"] = "other" }, 409);
        await writ.PostAsync($"/v1/agents/{id}/versions/2/deploy", new JsonObject { ["reason"] = "r" }, 409);
        await writ.PostAsync($"/v1/agents/{id}/versions", new JsonObject { ["name"] = "2", ["prompt_hash"] = "abc" }, 409);
        await writ.PostAsync($"/v1/agents/{id}/versions", new JsonObject { ["name"] = " 2" }, 409);
        await writ.PostAsync($"/v1/agents/{Guid.Empty}/versions", new JsonObject { ["name"] = "2" }, 404);
        await writ.PostAsync($"/v1/agents/{id}/versions", new JsonObject { ["name"] = "2", ["tools"] = new JsonObject() }, 400);
        Assert.Equal("2", (await writ.PostAsync($"/v1/agents/{id}/versions", new JsonObject { ["name"] = "2", ["deploy"] = "at once" })).Word("deployed"));
        var app = (await writ.PostAsync("/v1/people", new JsonObject { ["name"] = "pat", ["capabilities"] = new JsonArray("app") })).Word("token")!;
        using var client = writ.Client(app);
        using var answer = await System.Net.Http.Json.HttpClientJsonExtensions.PostAsJsonAsync(client, $"/v1/agents/{id}/versions", new JsonObject { ["name"] = "3" });
        // Who may not know of the agent is told what everybody is told where there is none.
        Assert.Equal(404, (int)answer.StatusCode);
    }

    [Fact]
    public async Task An_agent_that_says_it_is_a_version_that_is_not_deployed_is_refused()
    {
        await using var writ = await RunningWrit.StartAsync();
        await BadServer.RegisterAsync(writ);
        var (id, key) = await writ.AgentAsync("helper", "bad/*");
        await writ.PostAsync($"/v1/agents/{id}/versions", new JsonObject { ["name"] = "2" });
        using var agent = new McpAgent(writ, key, "bad");
        foreach (var (claimed, code) in new[] { ("1", null), ("2", "WRIT3007"), ("3", "WRIT3007"), ("", "WRIT5106") })
        {
            agent.Says = claimed;
            Assert.Equal(code, (await agent.CallAsync("echo")).Code());
        }
    }
}
