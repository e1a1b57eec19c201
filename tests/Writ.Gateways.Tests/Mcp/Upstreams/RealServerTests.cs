using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Writ.Gateways.Mcp.Upstreams;
using Writ.Testing;

namespace Writ.Gateways.Tests.Mcp.Upstreams;

/// <summary>The published servers of both eras, over both transports.</summary>
public sealed class RealServerTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Server_everything_works_over_stdio_in_its_sandbox()
    {
        await using var pool = new UpstreamPool(new Bubblewrap(), [], TimeProvider.System);
        var upstream = pool.Get(new UpstreamKey("o", "everything", ""), Stdio(Peers.Everything, "stdio"))!;
        await CheckEverythingAsync(upstream);
    }

    [Fact]
    public async Task Server_filesystem_writes_where_it_was_let_and_nowhere_else()
    {
        var folder = Directory.CreateTempSubdirectory("writ-files-").FullName;
        try
        {
            await using var pool = new UpstreamPool(new Bubblewrap(), [], TimeProvider.System);
            var definition = Stdio(Peers.FileSystem, folder);
            var upstream = pool.Get(new UpstreamKey("o", "files", ""), definition with { Paths = [.. definition.Paths, new SandboxPath(folder, Writable: true)] })!;
            Assert.Equal(14, Assert.IsType<ToolListing.Complete>(await upstream.ListToolsAsync(Stop)).Tools.Length);
            await CallAsync(upstream, new { name = "write_file", arguments = new { path = Path.Combine(folder, "a.txt"), content = "über" } });
            Assert.Equal("über", await File.ReadAllTextAsync(Path.Combine(folder, "a.txt"), Stop));
            var outside = await CallAsync(upstream, new { name = "read_text_file", arguments = new { path = "/etc/passwd" } });
            Assert.True(outside.GetProperty("isError").GetBoolean());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Server_everything_works_over_http_with_a_session()
    {
        var port = FreePort();
        using var process = Start(Peers.Everything, ["streamableHttp"], ("PORT", $"{port}"));
        await LineAsync(process.StandardError, "listening on port");
        await using var pool = new UpstreamPool(new Bubblewrap(), [], TimeProvider.System);
        await CheckEverythingAsync(pool.Get(new UpstreamKey("o", "everything", ""), Http($"http://127.0.0.1:{port}/mcp"))!);
        process.Kill(entireProcessTree: true);
    }

    [Fact]
    public async Task A_server_of_the_current_era_works_over_http()
    {
        using var process = Start(Peers.CurrentEra, []);
        var port = (await LineAsync(process.StandardOutput, "listening")).Split(' ')[1];
        await using var pool = new UpstreamPool(new Bubblewrap(), [], TimeProvider.System);
        var upstream = pool.Get(new UpstreamKey("o", "notes", ""), Http($"http://127.0.0.1:{port}/mcp"))!;
        Assert.Equal("2026-07-28", Assert.IsType<UpstreamOpening.Ready>(await upstream.EnsureReadyAsync(Stop)).Info.ProtocolVersion);
        Assert.Equal(["read_note", "add_numbers", "erase_notes"], Assert.IsType<ToolListing.Complete>(await upstream.ListToolsAsync(Stop)).Tools.Select(t => t.Name));
        var sum = await CallAsync(upstream, new { name = "add_numbers", arguments = new { a = 2, b = 40 } });
        Assert.Equal(42, sum.GetProperty("structuredContent").GetProperty("sum").GetInt32());
        process.Kill(entireProcessTree: true);
    }

    private static async Task CheckEverythingAsync(IUpstream upstream)
    {
        Assert.Equal("2025-11-25", Assert.IsType<UpstreamOpening.Ready>(await upstream.EnsureReadyAsync(Stop)).Info.ProtocolVersion);
        Assert.Equal(13, Assert.IsType<ToolListing.Complete>(await upstream.ListToolsAsync(Stop)).Tools.Length);
        var sum = await CallAsync(upstream, new { name = "get-sum", arguments = new { a = 2, b = 40 } });
        Assert.Equal("The sum of 2 and 40 is 42.", sum.GetProperty("content")[0].GetProperty("text").GetString());
    }

    private static async Task<JsonElement> CallAsync(IUpstream upstream, object parameters) => Assert.IsType<UpstreamAnswer.Result>(
        await upstream.CallAsync(new UpstreamCall("a", "tools/call", JsonSerializer.SerializeToElement(parameters)), Stop)).Value;

    private static StdioServerDefinition Stdio(string script, string argument) => new()
    {
        Command = Peers.Node,
        Arguments = [script, argument],
        Paths = [new SandboxPath(Peers.Folder, Writable: false), .. Misbehaving.NodeItself()],
    };

    private static HttpServerDefinition Http(string url) => new() { Endpoint = new Uri(url), AllowedAddresses = [IPNetwork.Parse("127.0.0.0/8")] };

    private static Process Start(string script, string[] arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(Peers.Node, [script, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Peers.Folder,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    private static async Task<string> LineAsync(StreamReader reader, string part)
    {
        while (await reader.ReadLineAsync(Stop) is { } line)
        {
            if (line.Contains(part, StringComparison.Ordinal))
                return line;
        }

        throw new InvalidOperationException($"the peer ended before it said '{part}'");
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
