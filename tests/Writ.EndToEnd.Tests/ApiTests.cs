using System.Text.Json.Nodes;
using Writ.Testing;

namespace Writ.EndToEnd.Tests;

/// <summary>Bodies of the API that are almost right.</summary>
public sealed class ApiTests
{
    [Fact]
    public async Task A_connection_may_name_its_kind_anywhere_and_must_name_it()
    {
        await using var writ = await RunningWrit.StartAsync();
        var last = JsonNode.Parse("""{"slug":"later","connection":{"url":"http://127.0.0.1:1/mcp","type":"http"}}""");
        Assert.Equal("http: http://127.0.0.1:1/mcp", (await writ.PostAsync("/v1/servers", last))["server"]!.Word("connection"));
        var without = JsonNode.Parse("""{"slug":"never","connection":{"url":"http://127.0.0.1:1/mcp"}}""");
        Assert.Equal("WRIT9101", (await writ.PostAsync("/v1/servers", without, 400)).Word("code"));
        var unknown = JsonNode.Parse("""{"slug":"never","connection":{"type":"telepathy"}}""");
        Assert.Equal("WRIT9101", (await writ.PostAsync("/v1/servers", unknown, 400)).Word("code"));
        Assert.Single((await writ.GetAsync("/v1/servers"))["servers"]!.AsArray());
    }

    [Fact]
    public async Task Nobody_enters_the_team_of_Writ_itself()
    {
        await using var writ = await RunningWrit.StartAsync();
        var agent = JsonNode.Parse("""{"name":"spy","environment":"staging","team":"writ"}""")!;
        Assert.Contains("Writ's own", (await writ.PostAsync("/v1/agents", agent, 400)).Word("detail"), StringComparison.Ordinal);
        Assert.Contains("Writ itself", (await writ.PostAsync("/v1/teams", JsonNode.Parse("""{"name":"writ"}"""), 409)).Word("detail"), StringComparison.Ordinal);
        agent["team"] = "written";
        await writ.PostAsync("/v1/agents", agent);
    }

    [Fact]
    public async Task T01_T02_what_is_not_understood_is_not_published()
    {
        await using var writ = await RunningWrit.StartAsync();
        await writ.PublishAsync("standing", "permit (principal, action, resource);");
        var before = (await writ.GetAsync("/v1/bundles")).ToJsonString();
        foreach (var (manifest, cedar, status) in new[]
        {
            // A misspelt manifest key.
            ("""{"name":"b","version":"1","teir":"soft","tier":"soft"}""", "permit (principal, action, resource);", 400),
            // An unknown tier.
            ("""{"name":"b","version":"1","tier":"sfot"}""", "permit (principal, action, resource);", 400),
            // A syntax error.
            ("""{"name":"b","version":"1","tier":"soft"}""", "permit (principal, action, resource) when { context.x => 1 };", 422),
            // An unknown discharge.
            ("""{"name":"b","version":"1","tier":"soft"}""", "@discharge(\"aproval\") forbid (principal, action, resource);", 422),
            // A discharge in a hard bundle.
            ("""{"name":"b","version":"1","tier":"hard"}""", "@discharge(\"approval\") @approvers(\"capability/app\") @timeout(\"1m\") @reason(\"r\") forbid (principal, action, resource);", 422),
            // An unknown constraint.
            ("""{"name":"b","version":"1","tier":"soft"}""", "@discharge(\"constraint\") @constraint(\"be_nice\") @reason(\"r\") forbid (principal, action, resource);", 422),
        })
        {
            await writ.PostAsync("/v1/bundles", new JsonObject
            {
                ["manifest"] = JsonNode.Parse(manifest),
                ["files"] = new JsonArray(new JsonObject { ["path"] = "p.cedar", ["text"] = cedar }),
            }, status);
            Assert.Equal(before, (await writ.GetAsync("/v1/bundles")).ToJsonString());
        }
    }

    [Fact]
    public async Task T77_no_server_is_started_that_would_see_where_writ_keeps_its_keys()
    {
        await using var writ = await RunningWrit.StartAsync();
        foreach (var path in new[] { writ.Folder, Path.Combine(writ.Folder, "config"), Path.Combine(writ.Folder, "data", "control"), "/" })
        {
            var answer = await writ.PostAsync("/v1/servers", new JsonObject
            {
                ["slug"] = "curious",
                ["connection"] = Upstreams.Peer(Peers.FileSystem, [path], path),
                ["tools"] = new JsonObject { ["read_text_file"] = RunningWrit.Classification("read") },
            });
            Assert.NotNull(answer["fault"]);
            Assert.Empty(answer["server"]!["tools"]!.AsArray());
        }
    }
}
