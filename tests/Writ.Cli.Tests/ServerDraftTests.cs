using System.Text.Json.Nodes;
using Writ.Cli.Servers;

namespace Writ.Cli.Tests;

public sealed class ServerDraftTests
{
    [Theory]
    [InlineData("""{"remotes":[{"type":"streamable-http","url":"https://crm.example/mcp","headers":[{"name":"Authorization","isSecret":true}]}]}""", """{"type":"http","url":"https://crm.example/mcp"}""", "header Authorization")]
    [InlineData("""{"packages":[{"registryType":"npm","identifier":"@acme/crm-mcp","version":"1.2.3","environmentVariables":[{"name":"CRM_KEY"}]}]}""", """{"type":"stdio","command":"npx","arguments":["-y","@acme/crm-mcp@1.2.3"]}""", "variable CRM_KEY")]
    [InlineData("""{"packages":[{"registryType":"pypi","identifier":"crm-mcp","version":"1.2.3rc1"}]}""", """{"type":"stdio","command":"uvx","arguments":["crm-mcp==1.2.3rc1"]}""", null)]
    [InlineData("""{"packages":[{"registryType":"npm","identifier":"crm-mcp","version":"1.2.3","packageArguments":[{"type":"positional","value":"; rm -rf /"}],"runtimeArguments":[{"value":"--eval"}]}]}""", """{"type":"stdio","command":"npx","arguments":["-y","crm-mcp@1.2.3"]}""", "arguments")]
    public async Task A_server_json_gives_a_draft_and_starts_nothing_of_its_choice(string ways, string connection, string? note)
    {
        var json = JsonNode.Parse(ways)!.AsObject();
        json["name"] = "io.github.acme/CRM.Server";
        json["description"] = "a\u202eb";
        var draft = ServerDraft.Read(json, out var obstacle);
        Assert.True(draft is not null, obstacle);
        Assert.Equal("crm-server", draft.Body["slug"]!.GetValue<string>());
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(connection), draft.Body["connection"]), draft.Body.ToJsonString());
        Assert.Empty(draft.Body["tools"]!.AsObject());
        Assert.True(note is null || draft.Notes.Any(said => said.Contains(note, StringComparison.Ordinal)));
        Assert.DoesNotContain(draft.Notes, said => said.Contains('\u202e'));
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, json.ToJsonString(), TestContext.Current.CancellationToken);
            var run = await CliRun.OfAsync("server", "draft", file, "--json");
            Assert.Equal("crm-server", run.Json.GetProperty("slug").GetString());
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData("""{"name":"no-namespace","remotes":[{"type":"streamable-http","url":"https://crm.example/mcp"}]}""")]
    [InlineData("""{"name":"a/b"}""")]
    [InlineData("""{"name":"a/b","remotes":{}}""")]
    [InlineData("""{"name":"a/b","remotes":[{"type":"sse","url":"https://crm.example/mcp"}]}""")]
    [InlineData("""{"name":"a/b","remotes":[{"type":"streamable-http","url":"https://{host}/mcp"}]}""")]
    [InlineData("""{"name":"a/b","remotes":[{"type":"streamable-http","url":"file:///etc/passwd"}]}""")]
    [InlineData("""{"name":"a/b","remotes":[{"type":"streamable-http","url":"https://me:pass@crm.example"}]}""")]
    [InlineData("""{"name":"a/b","packages":[{"registryType":"npm","identifier":"crm","version":"latest"}]}""")]
    [InlineData("""{"name":"a/b","packages":[{"registryType":"npm","identifier":"crm","version":"^1.0.0"}]}""")]
    [InlineData("""{"name":"a/b","packages":[{"registryType":"npm","identifier":"--eval=1","version":"1.0.0"}]}""")]
    [InlineData("""{"name":"a/b","packages":[{"registryType":"npm","identifier":"https://evil.example/x.tgz","version":"1.0.0"}]}""")]
    [InlineData("""{"name":"a/b","packages":[{"registryType":"mcpb","identifier":"crm","version":"1.0.0"}]}""")]
    public void What_names_no_plain_address_and_no_exact_package_gives_none(string json)
    {
        Assert.Null(ServerDraft.Read(JsonNode.Parse(json)!.AsObject(), out var obstacle));
        Assert.NotEmpty(obstacle);
    }
}
