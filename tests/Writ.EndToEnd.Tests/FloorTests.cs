using System.Text.Json.Nodes;
using Writ.Governance.Policies;
using Writ.Testing;

namespace Writ.EndToEnd.Tests;

/// <summary>The floor where a case beside it cannot go: a server that runs outside the sandbox, and bundles of lower levels.</summary>
public sealed class FloorTests
{
    [Fact]
    public async Task An_agent_of_ring_3_calls_nothing_that_has_the_network_and_one_of_ring_2_reads_there()
    {
        await using var writ = await SetAsync(network: true);
        (await CallAsync(writ, ring: 3, "get_entry")).Refused("WRIT1042");
        Assert.Null((await CallAsync(writ, ring: 2, "get_entry")).Code());
        (await CallAsync(writ, ring: 2, "note_entry")).Refused("WRIT1002");
        Assert.Null((await CallAsync(writ, ring: 1, "note_entry", domain: "finance")).Code());
        (await CallAsync(writ, ring: 1, "note_entry", domain: "sales")).Refused("WRIT1002");
    }

    [Fact]
    public async Task An_agent_of_ring_3_calls_what_runs_in_the_sandbox_without_network()
    {
        await using var writ = await SetAsync(network: false);
        Assert.Null((await CallAsync(writ, ring: 3, "note_entry")).Code());
    }

    [Fact]
    public async Task No_bundle_of_a_team_gets_below_the_floor()
    {
        await using var writ = await SetAsync(network: true);
        Assert.Null((await CallAsync(writ, ring: 2, "get_entry")).Code());
        await writ.PostAsync("/v1/bundles", JsonNode.Parse("""
            {
              "manifest": {"name": "house", "version": "1", "tier": "hard", "delegates": [{"to": "team", "actions": ["tool/call"]}]},
              "files": [{"path": "policy.cedar", "text": "permit (principal, action, resource) when { false };"}]
            }
            """));
        await writ.PostAsync("/v1/bundles", JsonNode.Parse("""
            {
              "manifest": {"name": "team", "version": "1", "tier": "soft", "level": "team", "team": "default"},
              "files": [{"path": "policy.cedar", "text": "permit (principal, action, resource);"}]
            }
            """));
        (await CallAsync(writ, ring: 2, "note_entry")).Refused("WRIT1002");
        (await CallAsync(writ, ring: 3, "get_entry")).Refused("WRIT1042");
    }

    [Fact]
    public async Task The_first_start_makes_the_floor_of_the_samples_active()
    {
        await using var writ = await RunningWrit.StartAsync(with: options => options with { Floor = true });
        var floor = Assert.Single((await writ.GetAsync("/v1/bundles"))["bundles"]!.AsArray())!;
        Assert.Equal("floor", floor.Word("name"));
        Assert.Equal(Assert.IsType<BundleReading.Read>(BundleFolder.Read(Repository.PathOf("samples", "policies", "floor"))).Archive.Digest.ToHex(), floor.Word("digest"));
        await writ.RestartAsync();
        Assert.Single((await writ.GetAsync("/v1/bundles"))["bundles"]!.AsArray());
    }

    [Fact]
    public async Task An_installation_that_says_so_begins_without_it()
    {
        await using var writ = await RunningWrit.StartAsync();
        Assert.Empty((await writ.GetAsync("/v1/bundles"))["bundles"]!.AsArray());
    }

    /// <summary>Registers the tools of the floor's own cases, run by a real server.</summary>
    internal static async Task RegisterBooksAsync(RunningWrit writ, bool network)
    {
        var pack = Repository.PathOf("samples", "policies", "floor");
        var folder = Directory.CreateDirectory(Path.Combine(writ.Folder, "books")).FullName;
        var tools = Path.Combine(folder, "tools.json");
        File.Copy(Path.Combine(pack, "tests", "books-tools.json"), tools);
        var connection = Upstreams.Node(
            Repository.PathOf("tests", "Writ.EndToEnd.Tests", "pack-server.mjs"), [], writable: [folder],
            environment: new JsonObject { ["TOOLS"] = tools, ["CALL_LOG"] = Path.Combine(folder, "calls.jsonl") });
        connection["network"] = network;
        await writ.PostAsync("/v1/servers", new JsonObject
        {
            ["slug"] = "books",
            ["connection"] = connection,
            ["tools"] = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(pack, "tests", "books-classes.json"))),
        });
    }

    private static async Task<RunningWrit> SetAsync(bool network)
    {
        var writ = await RunningWrit.StartAsync(with: options => options with { Floor = true });
        await RegisterBooksAsync(writ, network);
        await writ.PublishAsync("all", """permit (principal, action in Writ::Action::"tool/call", resource);""");
        return writ;
    }

    private static async Task<JsonObject> CallAsync(RunningWrit writ, int ring, string tool, string domain = "sales")
    {
        var registered = await writ.PostAsync("/v1/agents", new JsonObject
        {
            ["name"] = $"ring-{ring}-{domain}-{Guid.NewGuid():N}", ["environment"] = "staging", ["ring"] = ring, ["domain"] = domain, ["grants"] = new JsonArray("books/*"),
        });
        using var agent = new McpAgent(writ, registered.Word("key")!, "books");
        return await agent.CallAsync(tool, new JsonObject { ["id"] = "A-1" });
    }
}
