using System.Text.Json;
using System.Text.Json.Nodes;
using Writ.Cli.Policies.Cases;
using Writ.Governance.Agents;
using Writ.Governance.Decisions;
using Writ.Governance.NamedFacts;
using Writ.Governance.Policies;
using Writ.Governance.Policies.Testing;
using Writ.Governance.Records;
using Writ.Testing;

namespace Writ.EndToEnd.Tests;

/// <summary>
/// The cases of every pack through the real door: what the tests beside a bundle say is what an agent meets, and what reaches the server
/// behind it is what was allowed, and nothing else.
/// </summary>
public sealed class PolicyPackTests
{
    private static readonly string Packs = Repository.PathOf("samples", "policies");

    /// <summary>Everything under samples/policies that has cases.</summary>
    public static TheoryData<string> Tested() =>
        new(Directory.EnumerateDirectories(Packs).Where(folder => Directory.Exists(Path.Combine(folder, "tests"))).Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal));

    [Fact]
    public void Ten_packs_have_cases() => Assert.True(Tested().Count >= 10);

    [Theory]
    [MemberData(nameof(Tested))]
    public async Task The_cases_of_a_pack_hold_at_the_door(string pack)
    {
        var folder = Path.Combine(Packs, pack);
        var archive = Assert.IsType<BundleReading.Read>(BundleFolder.Read(folder)).Archive;
        await using var writ = await RunningWrit.StartAsync();
        await writ.PostAsync("/v1/bundles", JsonNode.Parse(archive.ToBytes()));
        foreach (var (file, index) in Directory.EnumerateFiles(Path.Combine(folder, "tests"), "*.yaml").Order(StringComparer.Ordinal).Select((file, index) => (file, index)))
        {
            List<PolicyProblem> problems = [];
            var set = CaseFile.Read(file, archive.Manifest.Name, problems);
            Assert.Empty(problems);
            await TryAsync(writ, set!, FactDeclarations.Of(archive), Directory.CreateDirectory(Path.Combine(writ.Folder, $"pack-{index}")).FullName);
        }
    }

    private static async Task TryAsync(RunningWrit writ, CaseSet set, FactDeclarations facts, string folder)
    {
        foreach (var beside in set.Beside)
            await writ.PostAsync("/v1/bundles", JsonNode.Parse(Assert.IsType<BundleReading.Read>(BundleFolder.Read(beside)).Archive.ToBytes()));
        foreach (var server in set.Servers)
            await RegisterAsync(writ, server, folder);
        var agents = new Dictionary<AgentId, (string Id, string Key)>();
        var tried = 0;
        foreach (var one in set.Cases.Where(CanBeMade))
        {
            if (!agents.TryGetValue(one.Call.Agent.Id, out var agent))
                agents.Add(one.Call.Agent.Id, agent = await RegisterAsync(writ, one.Call.Agent, set.Servers));
            var sources = PackFacts.Answer(one.Call, facts, Path.Combine(folder, "answers.json"), writ.Time.GetUtcNow());
            await TryAsync(writ, one, agent, Path.Combine(folder, $"{one.Call.Server}.jsonl"), sources);
            tried++;
        }

        Assert.True(tried > 0 || set.Cases.All(IsWritsOwn), $"{set.File} has no case that a door can be asked");
    }

    private static async Task TryAsync(RunningWrit writ, PolicyCase one, (string Id, string Key) agent, string log, IReadOnlySet<string> sources)
    {
        using var caller = new McpAgent(writ, agent.Key, one.Call.Server.ToString());
        caller.Task = await TaskAsync(writ, one.Call, agent);
        var before = Calls(log).Count;
        var answer = await caller.CallAsync(one.Call.Tool, JsonNode.Parse(one.Call.Arguments.Canonical.Span)!.AsObject());
        var decision = (await writ.DecisionsAsync(agent.Id))[0];
        Assert.True(decision.Word("outcome") == one.Expected.Outcome.Word(), $"{one.Name}: {decision.ToJsonString()}");
        if (one.Expected.Reasons is { } reasons && !reasons.IsEmpty)
            Assert.Equal(reasons.Order(StringComparer.Ordinal), decision["rules"]!.AsArray().Select(rule => rule!.GetValue<string>()).Order(StringComparer.Ordinal));

        var reached = Calls(log).Skip(before).Where(call => call.Word("tool") == one.Call.Tool || !sources.Contains(call.Word("tool")!)).ToArray();
        if (one.Expected.Outcome > Outcome.AllowWithConstraints)
        {
            Assert.Empty(reached);
            Assert.Null(answer["result"]);
            return;
        }

        answer.Result();
        var call = Assert.Single(reached);
        Assert.Equal(one.Call.Tool, call.Word("tool"));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse((one.Expected.Runs ?? one.Call.Arguments).Canonical.Span), call["arguments"]), $"{one.Name}: {call.ToJsonString()}");
    }

    /// <summary>
    /// Not through the door: a time that is not now, what only an enforcement point asserts, a trust that nobody can state, a starter who
    /// is no person here, and what Writ alone may ask; <see cref="RefundFactTests"/> has it asked.
    /// </summary>
    private static bool CanBeMade(PolicyCase one) => !IsWritsOwn(one) &&
        one.Call.Time == TrialCall.DefaultTime && one.Call.Asserted.ValueKind == JsonValueKind.Undefined && one.Call.StartedBy is null
        && one.Call.Agent.Trust == 500 && one.Call.Agent.Lifecycle == AgentLifecycle.Active;

    private static bool IsWritsOwn(PolicyCase one) => FactAgent.Owns(one.Call.Agent.Team);

    private static async Task RegisterAsync(RunningWrit writ, TrialServer server, string folder)
    {
        var tools = Path.Combine(folder, $"{server.Slug}-tools.json");
        await File.WriteAllTextAsync(tools, JsonSerializer.Serialize(server.Definitions));
        var script = Repository.PathOf("tests", "Writ.EndToEnd.Tests", "pack-server.mjs");
        var answer = await writ.PostAsync("/v1/servers", new JsonObject
        {
            ["slug"] = server.Slug.ToString(),
            ["connection"] = Upstreams.Node(
                script, [], writable: [folder],
                environment: new JsonObject { ["TOOLS"] = tools, ["ANSWERS"] = Path.Combine(folder, "answers.json"), ["CALL_LOG"] = Path.Combine(folder, $"{server.Slug}.jsonl") }),
            ["tools"] = JsonSerializer.SerializeToNode(server.Classifications, StrictJson.Options),
        });
        Assert.True(answer["fault"] is null, answer.ToJsonString());
    }

    /// <summary>The agent of a case, with what an agent of production needs beside.</summary>
    private static async Task<(string Id, string Key)> RegisterAsync(RunningWrit writ, Agent agent, IEnumerable<TrialServer> servers)
    {
        if (!(await writ.GetAsync("/v1/people"))["people"]!.AsArray().Any(person => person!["name"]!.GetValue<string>() == "stand-in"))
            await writ.PostAsync("/v1/people", new JsonObject { ["name"] = "stand-in" });
        var tools = servers.SelectMany(server => server.Definitions.Select(tool => new Grant(server.Slug, tool.GetProperty("name").GetString()!))).ToArray();
        var grants = agent.Grants.SelectMany(grant => grant.Tool == Grant.EveryTool ? tools.Where(tool => tool.Server == grant.Server) : [grant]);
        var answer = await writ.PostAsync("/v1/agents", new JsonObject
        {
            ["name"] = agent.Name,
            ["team"] = agent.Team.ToString(),
            ["environment"] = agent.Environment,
            ["version"] = agent.Version,
            ["model"] = agent.Model == Agent.UnstatedModel ? "stated-2026-10-01" : agent.Model,
            ["backup_owner"] = "stand-in",
            ["task_ceiling"] = new JsonObject { ["calls"] = 10_000 },
            ["domain"] = agent.Domain,
            ["risk"] = agent.Risk,
            ["autonomy"] = agent.Autonomy,
            ["ring"] = agent.Ring,
            ["grants"] = new JsonArray([.. grants.Select(grant => (JsonNode)grant.ToString())]),
        });
        return (answer["agent"]!.Word("id")!, answer.Word("key")!);
    }

    /// <summary>A task with what people attest, or with what the agent claims, where the case has either.</summary>
    private static async Task<string?> TaskAsync(RunningWrit writ, TrialCall call, (string Id, string Key) agent)
    {
        if (call is { Purpose: null, OnBehalfOf: null, Workflow: null, Claims.Any: false })
            return null;
        var body = new JsonObject { ["agent"] = agent.Id };
        var claims = call is { Purpose: null, OnBehalfOf: null, Workflow: null };
        void State(string name, string? attested, string? claimed)
        {
            if ((claims ? claimed : attested) is { } value)
                body[name] = value;
        }

        State("purpose", call.Purpose, call.Claims.Purpose);
        State("on_behalf_of", call.OnBehalfOf, call.Claims.OnBehalfOf);
        State("workflow", call.Workflow, null);
        if (!claims)
            return (await writ.PostAsync("/v1/tasks", body)).Word("token");
        using var own = writ.Client(agent.Key);
        using var response = await own.PostAsync("/v1/tasks", new StringContent(body.ToJsonString(), System.Text.Encoding.UTF8, "application/json"));
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!.Word("token");
    }

    private static List<JsonObject> Calls(string log) =>
        File.Exists(log) ? [.. File.ReadLines(log).Select(line => JsonNode.Parse(line)!.AsObject())] : [];
}
