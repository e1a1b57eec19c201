using System.Diagnostics;
using System.Text.Json;
using Writ.Cli.Discovery;

namespace Writ.Cli.Tests.Discovery;

public sealed class DiscoverTests : IDisposable
{
    // None of these may come out anywhere. They are made up.
    private static readonly string[] Secrets =
    [
        "sk-ant-api03-AbCdEf0123456789AbCdEf0123456789", "ghp_0123456789abcdefABCDEF0123456789abcd", "hunter2", "xoxb-123456789012-abcdefABCDEF", "AKIAIOSFODNN7EXAMPLE", "s3cr3tPathPart0123456789",
        "postgres://admin:hunter3@db.internal/prod", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl", "7f4df2a1c09b4f6e8d3a5b6c7d8e9f00", "correct horse battery staple",
    ];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("writ-discover-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Configurations_definitions_and_projects_are_found_with_what_they_name()
    {
        Put(".mcp.json", """{"mcpServers":{"files":{"command":"npx","args":["-y","@modelcontextprotocol/server-filesystem","/home/me"]},"remote":{"type":"http","url":"https://mcp.acme.example/mcp"}}}""");
        Put(".vscode/mcp.json", """
            // as VS Code writes it
            {"servers":{"crm":{"type":"stdio","command":"uvx","args":["crm-mcp"],"env":{"CRM_KEY":"${input:key}"}},}}
            """);
        Put(".zed/settings.json", """{"context_servers":{"zed-one":{"command":{"path":"node","args":["server.js"],"env":{}}}}}""");
        Put(".codex/config.toml", "model = \"o9\"\n[mcp_servers.docs]\ncommand = 'npx'\nargs = [\"-y\", \"docs-mcp\"]\n[mcp_servers.docs.env]\nDOCS_TOKEN = \"hunter2\"\n");
        Put(".continue/mcpServers/one.yaml", "name: One\nmcpServers:\n  - name: cont\n    command: uvx\n    args: [cont-mcp]\n");
        Put("sub/opencode.json", """{"mcp":{"oc":{"type":"local","command":["bun","x","oc-mcp"],"environment":{"A":"b"}}}}""");
        Put(".claude/agents/reviewer.md", "---\nname: code-reviewer\ndescription: looks\n---\nLook.");
        Put("web/package.json", """{"name":"shop","dependencies":{"@langchain/langgraph":"^1.0.0","react":"19"},"devDependencies":{"@modelcontextprotocol/sdk":"2.0.0"}}""");
        Put("py/pyproject.toml", "[project]\nname = \"crew\"\ndependencies = [\n  \"crewai[tools]>=1.2\", # why\n  'requests',\n]\n[dependency-groups]\ndev = [\"openai_agents==0.4\"]\n");
        Put("py2/requirements-dev.txt", "# x\nlanggraph==1.0.2\nflask\n-r other.txt\n");
        Put("net/Bot.csproj", """<Project Sdk="Microsoft.NET.Sdk"><ItemGroup><PackageReference Include="Microsoft.SemanticKernel" Version="1.60.0" /><PackageReference Include="Serilog" /></ItemGroup></Project>""");
        Put("go/go.mod", "module example.com/gobot\n\nrequire (\n\tgithub.com/modelcontextprotocol/go-sdk v1.0.0\n)\n");
        Put("node_modules/x/package.json", """{"name":"hidden","dependencies":{"langchain":"1"}}""");

        var run = await CliRun.OfAsync("discover", _folder.FullName, "--json");
        Assert.Equal(0, run.Exit);
        Assert.Equal(
            ["cont", "crm", "docs", "files", "oc", "remote", "zed-one"], run.Json.GetProperty("servers").EnumerateArray().Select(server => server.GetProperty("name").GetString()!).Order(StringComparer.Ordinal));
        var crm = run.Json.GetProperty("servers").EnumerateArray().Single(server => server.GetProperty("name").GetString() == "crm");
        Assert.Equal(("vscode", "stdio", "uvx", "CRM_KEY"), (crm.GetProperty("client").GetString(), crm.GetProperty("transport").GetString(), crm.GetProperty("target").GetString(), crm.GetProperty("environment")[0].GetString()));
        var files = run.Json.GetProperty("servers").EnumerateArray().Single(server => server.GetProperty("name").GetString() == "files");
        Assert.Equal(("[\"-y\",\"@modelcontextprotocol/server-filesystem\"]", 1), (JsonSerializer.Serialize(files.GetProperty("arguments")), files.GetProperty("hidden").GetInt32()));
        var agents = run.Json.GetProperty("agents").EnumerateArray().Select(agent => $"{agent.GetProperty("kind").GetString()} {agent.GetProperty("name").GetString()} {agent.GetProperty("framework").GetString()}").ToHashSet();
        foreach (var expected in new[]
        {
            "definition code-reviewer claude-code", "project shop langgraph", "project shop mcp", "project crew crewai", "project crew openai-agents", "project py2 langgraph", "project Bot semantic-kernel", "project gobot mcp",
        })
            Assert.Contains(expected, agents);
        Assert.DoesNotContain(agents, agent => agent.Contains("hidden", StringComparison.Ordinal));
        Assert.Contains("code-reviewer", (await CliRun.OfAsync("discover", _folder.FullName)).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_secret_of_any_configuration_is_shown_or_written()
    {
        var entries = string.Join(",", Secrets.Select((secret, n) => $$$"""
            "s{{{n}}}":{"command":"npx","args":["-y","some-mcp","--api-key","{{{secret}}}","{{{secret}}}","--token={{{secret}}}"],"env":{"KEY_{{{n}}}":"{{{secret}}}"},"headers":{"X-Key-{{{n}}}":"{{{secret}}}"}},
            "u{{{n}}}":{"url":"https://mcp.acme.example/s/{{{Uri.EscapeDataString(secret)}}}/mcp?key={{{Uri.EscapeDataString(secret)}}}","headers":{"Authorization":"Bearer {{{secret}}}"}},
            "c{{{n}}}":{"command":"run {{{secret}}}"}, "e{{{n}}}":{"command":"docker","args":["run","-e","TOKEN={{{secret}}}","mcp/server"],"env":["PASS={{{secret}}}"]}
            """));
        Put(".mcp.json", "{\"mcpServers\":{" + entries + ",\"ghp_0123456789abcdefABCDEF0123456789abcd\":{\"command\":\"x\"},\"user\":{\"url\":\"https://me:hunter2@mcp.acme.example\"}}}");
        Put(".codex/config.toml", string.Concat(Secrets.Select((secret, n) => $"[mcp_servers.t{n}]\ncommand = \"npx\"\nargs = [\"-y\", \"t-mcp\", \"{secret}\"]\nenv = {{ KEY = \"{secret}\" }}\n")));
        Put(".continue/config.yaml", "mcpServers:\n" + string.Concat(Secrets.Select((secret, n) => $"  - name: y{n}\n    command: npx\n    args: [y-mcp, '{secret}']\n    env:\n      KEY: '{secret}'\n")));
        Put("package.json", """{"name":"ghp_0123456789abcdefABCDEF0123456789abcd","dependencies":{"langchain":"https://user:hunter2@git.acme.example/x"}}""");
        Put(".claude/agents/x.md", "---\nname: sk-ant-api03-AbCdEf0123456789AbCdEf0123456789\n---\n");
        var drafts = Path.Combine(_folder.FullName, "out");
        var (json, text) = (await CliRun.OfAsync("discover", _folder.FullName, "--json", "--drafts", drafts), await CliRun.OfAsync("discover", _folder.FullName));
        Assert.Equal((0, 0), (json.Exit, text.Exit));
        Assert.Equal(Secrets.Length * 6 + 2, json.Json.GetProperty("servers").GetArrayLength());
        var written = string.Concat(Directory.GetFiles(drafts, "*", SearchOption.AllDirectories).Select(file => file + File.ReadAllText(file)));
        foreach (var secret in Secrets.Append("hunter3").Append("c2lnbmF0dXJl"))
        {
            Assert.DoesNotContain(secret, json.Output + json.Error, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(secret, text.Output + text.Error, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(secret, written, StringComparison.OrdinalIgnoreCase);
        }

        Assert.Contains("KEY_3", json.Output, StringComparison.Ordinal);
        Assert.Contains("X-Key-3", json.Output, StringComparison.Ordinal);
        Assert.All(Directory.GetFiles(Path.Combine(drafts, "servers")).Where(file => Path.GetFileName(file) != "hidden.json"), file => Assert.EndsWith(".incomplete", file, StringComparison.Ordinal));
        Assert.Equal(2, (await CliRun.OfAsync("discover", _folder.FullName, "--drafts", drafts)).Exit);
    }

    [Fact]
    public async Task Drafts_are_what_the_server_takes()
    {
        Put(".cursor/mcp.json", """{"mcpServers":{"Whole One":{"command":"npx","args":["-y","whole-mcp"]},"part":{"command":"npx","args":["-y","part-mcp","/secret/place"]}}}""");
        Put("a/package.json", """{"name":"twice","dependencies":{"langchain":"1"}}""");
        Put("a/b/package.json", """{"name":"twice","dependencies":{"@openai/agents":"1"}}""");
        Put(".claude/agents/twice.md", "no front");
        await using var server = await RunningServer.StartAsync();
        var drafts = Path.Combine(_folder.FullName, "out");
        Assert.Equal(0, (await CliRun.OfAsync("discover", _folder.FullName, "--drafts", drafts)).Exit);
        var run = await server.RunAsync("agent", "import", Path.Combine(drafts, "agents.jsonl"));
        Assert.True(run.Exit == 0, run.Error);
        var agents = (await server.RunAsync("agent", "list", "--json")).Json.GetProperty("agents").EnumerateArray().ToArray();
        Assert.Equal(3, agents.Length);
        Assert.All(agents, agent => Assert.Equal("draft", agent.GetProperty("lifecycle").GetString()));
        Assert.Equal(["part.json.incomplete", "whole-one.json"], Directory.GetFiles(Path.Combine(drafts, "servers")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        using var whole = JsonDocument.Parse(File.ReadAllText(Path.Combine(drafts, "servers", "whole-one.json")));
        Assert.Equal(("whole-one", "stdio", "npx"), (
            whole.RootElement.GetProperty("slug").GetString(), whole.RootElement.GetProperty("connection").GetProperty("type").GetString(), whole.RootElement.GetProperty("connection").GetProperty("command").GetString()));
    }

    [Fact]
    public async Task Links_lead_nowhere_and_pipes_keep_nobody_waiting()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs mkfifo");
        var outside = Directory.CreateTempSubdirectory("writ-outside-");
        try
        {
            File.WriteAllText(Path.Combine(outside.FullName, "package.json"), """{"name":"outside","dependencies":{"langchain":"1"}}""");
            File.WriteAllText(Path.Combine(outside.FullName, "mcp.json"), """{"mcpServers":{"outside":{"command":"x"}}}""");
            Directory.CreateSymbolicLink(Path.Combine(_folder.FullName, "away"), outside.FullName);
            Directory.CreateSymbolicLink(Path.Combine(_folder.FullName, "round"), _folder.FullName);
            Directory.CreateSymbolicLink(Path.Combine(_folder.FullName, ".cursor"), outside.FullName);
            File.CreateSymbolicLink(Path.Combine(_folder.FullName, ".mcp.json"), Path.Combine(outside.FullName, "mcp.json"));
            File.CreateSymbolicLink(Path.Combine(_folder.FullName, "pyproject.toml"), "/dev/zero");
            Directory.CreateDirectory(Path.Combine(_folder.FullName, "pipe"));
            using (var made = Process.Start("mkfifo", Path.Combine(_folder.FullName, "pipe", "package.json")))
                await made.WaitForExitAsync(TestContext.Current.CancellationToken);
            Put("in/package.json", """{"name":"inside","dependencies":{"langchain":"1"}}""");
            var run = await CliRun.OfAsync("discover", _folder.FullName, "--json");
            Assert.Equal(0, run.Exit);
            Assert.DoesNotContain("outside", run.Json.GetProperty("agents").ToString() + run.Json.GetProperty("servers"), StringComparison.Ordinal);
            Assert.Equal("inside", Assert.Single(run.Json.GetProperty("agents").EnumerateArray()).GetProperty("name").GetString());
            Assert.Contains("links are not followed", run.Output, StringComparison.Ordinal);
        }
        finally
        {
            outside.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_scan_ends_at_each_of_its_bounds()
    {
        for (var n = 0; n < 30; n++)
            Put($"p{n:00}/package.json", $$$"""{"name":"p{{{n}}}","dependencies":{"langchain":"1"}}""");
        Put("deep/a/b/c/package.json", """{"name":"deep","dependencies":{"langchain":"1"}}""");
        Put("long/package.json", """{"name":"long","dependencies":{"langchain":"1"},"x":" """ + new string('x', 2_000) + "\"}");
        foreach (var (limits, most) in new[]
        {
            (new DiscoveryLimits { Files = 5 }, 5), (new DiscoveryLimits { Entries = 20 }, 20), (new DiscoveryLimits { Found = 7 }, 7), (new DiscoveryLimits { Depth = 2 }, 31), (new DiscoveryLimits { FileBytes = 1_000 }, 31), (new DiscoveryLimits { Time = TimeSpan.Zero }, 0),
        })
        {
            var found = new TreeScan(limits, TimeProvider.System).Scan(_folder.FullName, TestContext.Current.CancellationToken);
            Assert.True(found.Agents.Count <= most, $"{limits}: {found.Agents.Count}");
            Assert.NotEmpty(found.Skipped);
        }

        Assert.Equal(32, new TreeScan(new DiscoveryLimits(), TimeProvider.System).Scan(_folder.FullName, TestContext.Current.CancellationToken).Agents.Count);
    }

    [Theory]
    [InlineData(".mcp.json", "[")]
    [InlineData(".mcp.json", "[]")]
    [InlineData(".mcp.json", "{\"a\":1,\"a\":2,\"mcpServers\":{}}")]
    [InlineData("package.json", "\u0000\u0001")]
    [InlineData("pyproject.toml", "[a\nb = ")]
    [InlineData("pyproject.toml", "a = [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[")]
    [InlineData("pyproject.toml", "x = {y = {z = \"\"\"")]
    [InlineData(".continue/config.yaml", "a: &a [x]\nb: *a\n")]
    [InlineData(".continue/config.yaml", "mcpServers: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[")]
    [InlineData("x.csproj", "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><Project>&e;</Project>")]
    [InlineData("x.csproj", "<Project")]
    [InlineData("requirements.txt", "\u00ff", false)]
    [InlineData("package.json", "{\"dependencies\":[1],\"name\":{}}", false)]
    [InlineData(".mcp.json", "{\"mcpServers\":{\"a\":{\"command\":[1,null,{}],\"args\":{},\"env\":7,\"url\":[]}}}", false)]
    [InlineData(".mcp.json", "{\"mcpServers\":{\"\\u001b[2J\\u202ea\":{\"command\":\"x\"}}}", false)]
    public async Task Files_that_are_not_what_their_name_says_are_told_and_harm_nothing(string name, string text, bool isTold = true)
    {
        Put(name, text);
        var run = await CliRun.OfAsync("discover", _folder.FullName, "--json");
        Assert.Equal((0, ""), (run.Exit, run.Error));
        Assert.Equal(isTold, run.Json.GetProperty("skipped").GetArrayLength() == 1);
        Assert.DoesNotContain("root:", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u202e', run.Output);
        Assert.Equal(0, (await CliRun.OfAsync("discover", _folder.FullName)).Exit);
    }

    [Fact]
    public void Every_client_of_a_machine_is_looked_at_where_it_keeps_its_configuration()
    {
        const string Json = """{"mcpServers":{"one":{"command":"x"}},"servers":{"one":{"command":"x"}},"context_servers":{"one":{"command":"x"}},"mcp":{"one":{"command":["x"]}}}""";
        foreach (var (path, client) in ClientFiles.InHome)
            Put(path, path.EndsWith(".toml", StringComparison.Ordinal) ? "[mcp_servers.one]\ncommand = 'x'\n" : path.EndsWith(".yaml", StringComparison.Ordinal) ? client == "goose" ? "extensions:\n  one:\n    type: stdio\n    cmd: x\n" : "mcpServers:\n  - name: one\n    command: x\n" : Json);
        var found = MachineScan.Scan(_folder.FullName, "box", new DiscoveryLimits());
        Assert.Equal(ClientFiles.InHome.Select(file => file.Client).Distinct().Order(StringComparer.Ordinal), found.Servers.Select(server => server.Client).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(ClientFiles.InHome.Count, found.Read);
        Assert.Empty(found.Skipped);
        Assert.Contains(found.Agents, agent => agent.Name == "claude-desktop on box");
    }

    [Theory]
    [InlineData("@modelcontextprotocol/server-filesystem", false)]
    [InlineData("mcp-server-postgres", false)]
    [InlineData("awslabs.core-mcp-server@latest", false)]
    [InlineData("langgraph==1.0.2", false)]
    [InlineData("2026-07-28", false)]
    [InlineData("sk-proj-abcdefghijklmnop", true)]
    [InlineData("0123456789abcdef0123456789abcdef", true)]
    [InlineData("AbCdEfGhIjKl12MnOp", true)]
    [InlineData("3f2504e0-4f89-41d3-9a0c-0305e82c3301", true)]
    [InlineData("3F2504E0-4F89-41D3-9A0C-0305E82C3301", true)]
    public void What_could_be_a_key_is_taken_for_one_and_names_of_packages_are_not(string text, bool secret) => Assert.Equal(secret, Shown.LooksSecret(text));

    [Theory]
    [InlineData("docker", "run -i --rm mcp/server:1.2", "run -i --rm mcp/server:1.2", 0)]
    [InlineData("/usr/bin/podman", "run -it mcp/server:latest", "run -it mcp/server:latest", 0)]
    [InlineData("npx", "-y some-mcp@1.2.3", "-y some-mcp@1.2.3", 0)]
    [InlineData("db-mcp", "admin:hunter2", "", 1)]
    [InlineData("db-mcp", "-pHunter db", "", 2)]
    [InlineData("db-mcp", "-p hunter", "-p", 1)]
    [InlineData("db-mcp", "-phunter", "", 1)]
    [InlineData("db-mcp", "3f2504e0-4f89-41d3-9a0c-0305e82c3301", "", 1)]
    public void Of_arguments_no_value_is_shown(string command, string arguments, string shown, int hidden)
    {
        var (left, count) = Shown.Arguments(command, arguments.Split(' '));
        Assert.Equal((shown, hidden), (string.Join(' ', left), count));
    }

    [Fact]
    public void Of_a_list_of_headers_the_names_alone_are_shown()
    {
        var configuration = System.Text.Json.Nodes.JsonNode.Parse("""{"mcpServers":{"one":{"url":"https://mcp.acme.example","headers":["X-Key: hunter2","X-Other=hunter2"],"env":["A=hunter2"]}}}""")!.AsObject();
        var server = Assert.Single(ServerEntries.Of("cursor", "mcp.json", configuration));
        Assert.Equal(["X-Key", "X-Other"], server.Headers);
        Assert.Equal(["A"], server.Environment);
    }

    private void Put(string path, string text)
    {
        var file = Path.Combine(_folder.FullName, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
