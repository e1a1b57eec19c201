using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Writ.Governance.Policies;

namespace Writ.EndToEnd.Tests;

/// <summary>A policy in YAML from the folder to the tool and back: who is held, who may let it through and with what, what is limited, what is denied.</summary>
public sealed class YamlPolicyTests
{
    private const string ProdSafetyGate =
        """
        name: prod-safety-gate
        on:
          - action: "infrastructure:mutation"
          - tool: "aws-cli"
        rules:
          - condition: "env == 'production'"
            decision: "REQUIRE_APPROVAL"
            approvers: ["security-team", "platform-lead"]
            evidence_required: true
          - condition: "env == 'staging'"
            decision: "ALLOW_WITH_CONSTRAINTS"
            constraints:
              max_cost: 50.00
              timeout: 300s
        """;

    [Fact]
    public async Task T15_in_production_a_call_waits_for_a_member_of_the_team_with_evidence_and_runs_once()
    {
        await using var stage = await Stage.SetAsync();
        using var agent = await stage.AgentAsync("production");
        var command = new JsonObject { ["command"] = "terminate" };
        var approval = (await agent.CallAsync("aws-cli", command.DeepClone().AsObject())).Held();
        Assert.True((await stage.Writ.GetAsync($"/v1/approvals/{approval}"))["asks"]![0]!["evidence_required"]!.GetValue<bool>());

        Assert.Equal("not_an_approver", (await stage.AnswerAsync(stage.Bob, approval, "the change was reviewed", 409)).Word("conflict"));
        Assert.Equal("evidence_missing", (await stage.AnswerAsync(stage.Kim, approval, null, 409)).Word("conflict"));
        await stage.AnswerAsync(stage.Kim, approval, "", 400);
        await stage.Writ.PostAsync($"/v1/approvals/{approval}/approve", new JsonObject { ["evidence"] = "not base64" }, 400);
        Assert.Equal(approval, (await agent.CallAsync("aws-cli", command.DeepClone().AsObject())).Held());

        var answer = await stage.AnswerAsync(stage.Kim, approval, "the change was reviewed", 200);
        Assert.Equal("approved", answer.Word("state"));
        Assert.Equal(Writ.Crypto.Hashing.Hash256.Of("the change was reviewed"u8).ToHex(), answer.Word("evidence_digest"));
        Assert.Contains("ran terminate", (await agent.CallAsync("aws-cli", command.DeepClone().AsObject())).Result().ToJsonString(), StringComparison.Ordinal);
        Assert.NotEqual(approval, (await agent.CallAsync("aws-cli", command)).Held());
    }

    [Fact]
    public async Task T20_after_a_restart_the_request_still_needs_evidence_and_who_left_the_team_cannot_give_it()
    {
        await using var stage = await Stage.SetAsync();
        string approval;
        using (var agent = await stage.AgentAsync("production"))
            approval = (await agent.CallAsync("echo")).Held();
        await stage.Writ.RestartAsync();
        Assert.Equal("evidence_missing", (await stage.AnswerAsync(stage.Kim, approval, null, 409)).Word("conflict"));
        await stage.Writ.PostAsync("/v1/teams/security-team/leave", new JsonObject { ["person"] = "kim" }, 200);
        Assert.Equal("not_an_approver", (await stage.AnswerAsync(stage.Kim, approval, "evidence", 409)).Word("conflict"));
        Assert.Equal("approved", (await stage.AnswerAsync(stage.Lead, approval, "evidence", 200)).Word("state"));
    }

    [Fact]
    public async Task In_staging_the_constraints_are_enforced_and_anywhere_else_nothing_permits()
    {
        await using var stage = await Stage.SetAsync();
        using var staging = await stage.AgentAsync("staging");
        (await staging.CallAsync("echo")).Result();
        Assert.Equal("ALLOW_WITH_CONSTRAINTS", (await stage.Writ.DecisionsAsync())[0].Word("outcome"));
        (await staging.CallAsync("aws-cli")).Refused("WRIT1040");
        using var development = await stage.AgentAsync("development");
        var refused = await development.CallAsync("echo");
        Assert.Equal("DENY", (await stage.Writ.DecisionsAsync())[0].Word("outcome"));
        Assert.Null(refused["result"]);
    }

    [Fact]
    public async Task A_policy_whose_approvers_do_not_exist_is_not_published_and_the_error_points_into_the_YAML()
    {
        await using var stage = await Stage.SetAsync(withTeams: false);
        var problem = Assert.Single(stage.Published["problems"]!.AsArray(), p => p!.Word("message")!.Contains("security-team", StringComparison.Ordinal))!;
        Assert.Equal("prod.yaml", problem.Word("file"));
        Assert.Equal(6, problem["line"]!.GetValue<int>());
        using var agent = await stage.AgentAsync("staging");
        Assert.Null((await agent.CallAsync("echo"))["result"]);
    }

    private sealed class Stage(RunningWrit writ) : IAsyncDisposable
    {
        public RunningWrit Writ => writ;

        public string Kim { get; private set; } = "";

        public string Bob { get; private set; } = "";

        public string Lead { get; private set; } = "";

        public JsonObject Published { get; private set; } = [];

        public static async Task<Stage> SetAsync(bool withTeams = true)
        {
            var stage = new Stage(await RunningWrit.StartAsync());
            var folder = Directory.CreateDirectory(Path.Combine(stage.Writ.Folder, "cloud")).FullName;
            File.WriteAllText(Path.Combine(folder, "mark"), "as admitted");
            var answer = await stage.Writ.PostAsync("/v1/servers", new JsonObject
            {
                ["slug"] = "cloud",
                ["connection"] = Upstreams.Misbehaving(folder),
                ["tools"] = new JsonObject { ["echo"] = Class("write", "infrastructure.mutation", 1), ["aws-cli"] = Class("execute", "shell.run", 60) },
            });
            Assert.True(answer["fault"] is null, answer.ToJsonString());
            if (withTeams)
            {
                await stage.Writ.PostAsync("/v1/teams", new JsonObject { ["name"] = "security-team" });
                stage.Kim = await stage.PersonAsync("kim", "security-team");
                stage.Bob = await stage.PersonAsync("bob");
                stage.Lead = await stage.PersonAsync("platform-lead");
            }

            var bundle = Directory.CreateDirectory(Path.Combine(stage.Writ.Folder, "bundle")).FullName;
            File.WriteAllText(Path.Combine(bundle, "bundle.json"), """{"name":"prod-safety","version":"1","tier":"soft"}""");
            File.WriteAllText(Path.Combine(bundle, "prod.yaml"), ProdSafetyGate);
            var archive = Assert.IsType<BundleReading.Read>(BundleFolder.Read(bundle)).Archive;
            stage.Published = await stage.Writ.PostAsync("/v1/bundles", JsonNode.Parse(archive.ToBytes()), withTeams ? 201 : 422);
            return stage;
        }

        public async Task<McpAgent> AgentAsync(string environment)
        {
            var body = new JsonObject { ["name"] = environment, ["environment"] = environment, ["grants"] = new JsonArray("cloud/echo", "cloud/aws-cli") };
            if (environment == "production")
                (body["backup_owner"], body["model"], body["task_ceiling"]) = ("kim", "m-2026-10-01", new JsonObject { ["calls"] = 100 });
            var answer = await writ.PostAsync("/v1/agents", body);
            return new McpAgent(writ, answer.Word("key")!, "cloud");
        }

        public async Task<JsonObject> AnswerAsync(string token, string approval, string? evidence, int status)
        {
            using var http = writ.Client(token);
            var body = evidence is null ? null : new JsonObject { ["evidence"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(evidence)) };
            using var response = body is null
                ? await http.PostAsync($"/v1/approvals/{approval}/approve", null)
                : await http.PostAsJsonAsync($"/v1/approvals/{approval}/approve", body);
            var text = await response.Content.ReadAsStringAsync();
            Assert.True((int)response.StatusCode == status, $"{(int)response.StatusCode} {text}");
            return JsonNode.Parse(text)!.AsObject();
        }

        public ValueTask DisposeAsync() => writ.DisposeAsync();

        private static JsonObject Class(string effect, string capability, long dollars) => new()
        {
            ["effect"] = effect,
            ["capability"] = capability,
            ["risk_tags"] = new JsonArray("none"),
            ["price"] = new JsonObject { ["call_nano_usd"] = dollars * 1_000_000_000 },
        };

        private async Task<string> PersonAsync(string name, params string[] teams) =>
            (await writ.PostAsync("/v1/people", new JsonObject { ["name"] = name, ["teams"] = new JsonArray([.. teams.Select(t => (JsonNode)t)]) })).Word("token")!;
    }
}
