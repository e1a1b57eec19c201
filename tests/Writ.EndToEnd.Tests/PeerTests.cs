using System.Diagnostics;
using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using Writ.Testing;

namespace Writ.EndToEnd.Tests;

/// <summary>Published servers behind Writ and published clients before it.</summary>
public sealed class PeerTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_official_client_reads_and_writes_files_as_far_as_policy_lets_it()
    {
        await using var writ = await RunningWrit.StartAsync();
        var folder = await RegisterFilesAsync(writ);
        await File.WriteAllTextAsync(Path.Combine(folder, "note.txt"), "buy milk", Stop);
        await using var client = await ClientAsync(writ, (await writ.AgentAsync("filer", "files/*")).Key, "files");

        Assert.Equal(["list_directory", "read_text_file", "write_file"], (await client.ListToolsAsync(cancellationToken: Stop)).Select(t => t.Name).Order(StringComparer.Ordinal));
        Assert.Equal("buy milk", Text(await CallAsync(client, "read_text_file", ("path", Path.Combine(folder, "note.txt")))));

        await RefusedAsync(client, 1002, "read_text_file", ("path", "/etc/passwd"));
        await RefusedAsync(client, 1002, "read_text_file", ("path", Path.Combine(folder, "../config/pepper.key")));
        await RefusedAsync(client, 1002, "write_file", ("path", Path.Combine(folder, "keys.pem")), ("content", "x"));
        Assert.False(File.Exists(Path.Combine(folder, "keys.pem")));

        var approved = Path.Combine(folder, "approved.txt");
        await RefusedAsync(client, 4001, "write_file", ("path", approved), ("content", "agreed"));
        Assert.False(File.Exists(approved));
        await writ.ApproveAsync(Assert.Single((await writ.GetAsync("/v1/approvals"))["approvals"]!.AsArray())!.Word("id")!);
        await RefusedAsync(client, 4001, "write_file", ("path", approved), ("content", "something else"));
        Assert.False(File.Exists(approved));
        await CallAsync(client, "write_file", ("path", approved), ("content", "agreed"));
        Assert.Equal("agreed", await File.ReadAllTextAsync(approved, Stop));
        await RefusedAsync(client, 4001, "write_file", ("path", approved), ("content", "agreed"));
        Assert.Equal(2, (await writ.DecisionsAsync()).Count(d => d.Word("outcome") == "ALLOW"));
    }

    [Fact]
    public async Task The_official_client_uses_server_everything()
    {
        await using var writ = await RunningWrit.StartAsync();
        await RegisterEverythingAsync(writ);
        await using var client = await ClientAsync(writ, (await writ.AgentAsync("helper", "everything/*")).Key, "everything");

        Assert.Equal(["echo", "get-sum"], (await client.ListToolsAsync(cancellationToken: Stop)).Select(t => t.Name).Order(StringComparer.Ordinal));
        Assert.Equal("Echo: hello", Text(await CallAsync(client, "echo", ("message", "hello"))));
        Assert.Equal("The sum of 2 and 40 is 42.", Text(await CallAsync(client, "get-sum", ("a", 2), ("b", 40))));
        await RefusedAsync(client, 5002, "get-sum", ("a", "two"), ("b", 40));
        await RefusedAsync(client, 5001, "get-env");
        Assert.Equal(["executed", "executed"], (await writ.DecisionsAsync()).Where(d => d.Word("outcome") == "ALLOW").Select(d => d.Effect()));
    }

    [Fact]
    public async Task The_inspector_lists_and_calls_and_is_refused()
    {
        await using var writ = await RunningWrit.StartAsync();
        await RegisterEverythingAsync(writ);
        var (_, key) = await writ.AgentAsync("inspector", "everything/*");

        var (code, listed) = await InspectAsync(writ, key, "--method", "tools/list");
        Assert.True(code == 0, listed);
        Assert.Equal(["echo", "get-sum"], JsonNode.Parse(listed)!["tools"]!.AsArray().Select(t => t!.Word("name")).Order(StringComparer.Ordinal));

        (code, var called) = await InspectAsync(writ, key, "--method", "tools/call", "--tool-name", "get-sum", "--tool-arg", "a=2", "--tool-arg", "b=40");
        Assert.True(code == 0, called);
        Assert.Contains("The sum of 2 and 40 is 42.", called);

        (code, var refused) = await InspectAsync(writ, key, "--method", "tools/call", "--tool-name", "get-env");
        Assert.NotEqual(0, code);
        Assert.Contains("not available", refused);
        (code, refused) = await InspectAsync(writ, "agk_nobody", "--method", "tools/list");
        Assert.NotEqual(0, code);
    }

    [Fact]
    public async Task A_server_of_the_current_era_executes_what_was_allowed_and_nothing_else()
    {
        await using var writ = await RunningWrit.StartAsync();
        await using var notes = await Notebook.StartAsync(Path.Combine(writ.Folder, "notes.jsonl"));
        await writ.ServerAsync("notes", Upstreams.Http(notes.Port), ("read_note", "read"), ("add_numbers", "read"), ("erase_notes", "destroy"));
        await writ.PublishAsync("notes", """
            @id("reading") permit (principal, action in Writ::Action::"effect/read", resource);
            @id("erasing") permit (principal, action in Writ::Action::"effect/destroy", resource);
            @id("ask") @discharge("approval") @approvers("capability/app") @timeout("10m") @reason("it is destroyed")
            forbid (principal, action in Writ::Action::"effect/destroy", resource);
            @id("all") forbid (principal, action in Writ::Action::"effect/destroy", resource) when { context.args.prefix == "" };
            """);
        using var agent = new McpAgent(writ, (await writ.AgentAsync("helper", "notes/*")).Key, "notes");

        Assert.Equal(["add_numbers", "erase_notes", "read_note"], (await agent.ToolsAsync()).Order(StringComparer.Ordinal));
        var sum = (await agent.CallAsync("add_numbers", new JsonObject { ["a"] = 2, ["b"] = 40 })).Result();
        Assert.Equal(42, sum["structuredContent"]!["sum"]!.GetValue<int>());
        (await agent.CallAsync("erase_notes", new JsonObject { ["prefix"] = "" })).Refused("WRIT1002");
        var approval = (await agent.CallAsync("erase_notes", new JsonObject { ["prefix"] = "old" })).Held();
        Assert.Equal(["add_numbers"], notes.Called());
        await writ.ApproveAsync(approval);
        (await agent.CallAsync("erase_notes", new JsonObject { ["prefix"] = "old" })).Result();
        Assert.Equal(["add_numbers", "erase_notes"], notes.Called());
    }

    /// <summary>The file server over a folder of its own; the folder.</summary>
    private static async Task<string> RegisterFilesAsync(RunningWrit writ)
    {
        var folder = Directory.CreateDirectory(Path.Combine(writ.Folder, "files")).FullName;
        await writ.ServerAsync("files", Upstreams.Peer(Peers.FileSystem, [folder], folder), ("read_text_file", "read"), ("list_directory", "read"), ("write_file", "write"));
        await writ.PublishAsync("files", $$"""
            @id("files") permit (principal, action, resource);
            @id("inside") @reason("only the folder") forbid (principal, action, resource)
            unless { context.args.path like "{{folder}}/*" && !(context.args.path like "*/../*") };
            @id("keys") @reason("no keys") forbid (principal, action in Writ::Action::"effect/write", resource) when { context.args.path like "*.pem" };
            @id("writing") @discharge("approval") @approvers("capability/app") @timeout("10m") @reason("a file is written")
            forbid (principal, action in Writ::Action::"effect/write", resource);
            """);
        return folder;
    }

    private static async Task RegisterEverythingAsync(RunningWrit writ)
    {
        await writ.ServerAsync("everything", Upstreams.Peer(Peers.Everything, ["stdio"]), ("echo", "read"), ("get-sum", "read"));
        await writ.PublishAsync("everything", """@id("reading") permit (principal, action in Writ::Action::"effect/read", resource);""");
    }

    private static Task<McpClient> ClientAsync(RunningWrit writ, string key, string server) => McpClient.CreateAsync(
        new HttpClientTransport(new HttpClientTransportOptions
        {
            Endpoint = new Uri(writ.Address, $"/mcp/{server}"),
            TransportMode = HttpTransportMode.StreamableHttp,
            AdditionalHeaders = new Dictionary<string, string> { ["Authorization"] = $"Bearer {key}" },
        }),
        cancellationToken: Stop);

    private static async Task<CallToolResult> CallAsync(McpClient client, string tool, params (string Name, object? Value)[] arguments) =>
        await client.CallToolAsync(tool, arguments.ToDictionary(a => a.Name, a => a.Value), cancellationToken: Stop);

    private static async Task RefusedAsync(McpClient client, int code, string tool, params (string Name, object? Value)[] arguments)
    {
        var refusal = await Assert.ThrowsAsync<McpProtocolException>(() => CallAsync(client, tool, arguments));
        Assert.Equal(code, (int)refusal.ErrorCode);
    }

    private static string Text(CallToolResult result) => Assert.IsType<TextContentBlock>(Assert.Single(result.Content)).Text;

    private static async Task<(int Code, string Output)> InspectAsync(RunningWrit writ, string key, params string[] arguments)
    {
        var start = new ProcessStartInfo(Peers.Node) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, WorkingDirectory = Peers.Folder };
        string[] all = [Peers.Inspector, "--cli", new Uri(writ.Address, "/mcp/everything").ToString(), "--transport", "http", "--header", $"Authorization: Bearer {key}", .. arguments];
        foreach (var argument in all)
            start.ArgumentList.Add(argument);
        using var inspector = Process.Start(start)!;
        inspector.StandardInput.Close();
        var output = inspector.StandardOutput.ReadToEndAsync(Stop);
        var errors = inspector.StandardError.ReadToEndAsync(Stop);
        await inspector.WaitForExitAsync(Stop);
        var text = await output;
        return (inspector.ExitCode, inspector.ExitCode == 0 ? text : text + await errors);
    }
}
