using System.Diagnostics;
using System.Text.Json;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using Writ.Gateways.Mcp.Governed;
using Writ.Gateways.Mcp.Upstreams;
using Writ.Gateways.Tests.Mcp.Upstreams;
using Writ.Testing;

namespace Writ.Gateways.Tests.Mcp;

/// <summary>Clients that others wrote, through the door, to a server that others wrote.</summary>
public sealed class RealClientTests : IAsyncDisposable
{
    private readonly UpstreamPool _pool = new(new Bubblewrap(), [], TimeProvider.System);
    private readonly StubGovernor _governor = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync() => await _pool.DisposeAsync();

    [Fact]
    public async Task The_official_client_lists_and_calls_through_the_door()
    {
        await using var door = await StartAsync();
        var transport = new HttpClientTransport(new HttpClientTransportOptions
        {
            Endpoint = new Uri(door.Url + "/mcp/everything"),
            TransportMode = HttpTransportMode.StreamableHttp,
            AdditionalHeaders = new Dictionary<string, string> { ["Authorization"] = "Bearer a" },
        });
        await using var client = await McpClient.CreateAsync(transport, cancellationToken: Stop);
        Assert.Equal(13, (await client.ListToolsAsync(cancellationToken: Stop)).Count);
        var sum = await client.CallToolAsync("get-sum", new Dictionary<string, object?> { ["a"] = 2, ["b"] = 40 }, cancellationToken: Stop);
        Assert.Equal("The sum of 2 and 40 is 42.", Assert.IsType<TextContentBlock>(sum.Content.Single()).Text);

        _governor.Decide = _ => StubGovernor.Refuse();
        var refused = await Assert.ThrowsAnyAsync<Exception>(async () => await client.CallToolAsync("echo", new Dictionary<string, object?> { ["message"] = "x" }, cancellationToken: Stop));
        Assert.Contains("No policy permits this action", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_inspector_lists_and_calls_through_the_joined_address()
    {
        await using var door = await StartAsync();
        var listed = await InspectAsync(door, "--method", "tools/list");
        Assert.Equal(13, JsonElement.Parse(listed).GetProperty("tools").GetArrayLength());
        var called = await InspectAsync(door, "--method", "tools/call", "--tool-name", "everything__get-sum", "--tool-arg", "a=2", "--tool-arg", "b=40");
        Assert.Contains("The sum of 2 and 40 is 42.", called, StringComparison.Ordinal);
    }

    private static async Task<string> InspectAsync(RunningDoor door, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(
            Peers.Node, [Peers.Inspector, "--cli", door.Url + "/mcp", "--transport", "http", "--header", "Authorization: Bearer a", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        })!;
        process.StandardInput.Close();
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(Stop), process.StandardError.ReadToEndAsync(Stop));
        await process.WaitForExitAsync(Stop);
        Assert.True(process.ExitCode == 0, await errors);
        return await output;
    }

    private async Task<RunningDoor> StartAsync()
    {
        var upstream = _pool.Get(new UpstreamKey("o", "everything", ""), new StdioServerDefinition
        {
            Command = Peers.Node,
            Arguments = [Peers.Everything, "stdio"],
            Paths = [new SandboxPath(Peers.Folder, Writable: false), .. Misbehaving.NodeItself()],
        })!;
        _governor.Servers.Clear();
        _governor.Servers["everything"] = upstream;
        _governor.Tools.Clear();
        _governor.Tools.AddRange(Assert.IsType<ToolListing.Complete>(await upstream.ListToolsAsync(Stop)).Tools.Select(t => new OfferedTool("everything", t.Name, t.Definition)));
        return await RunningDoor.StartAsync(_governor);
    }
}
