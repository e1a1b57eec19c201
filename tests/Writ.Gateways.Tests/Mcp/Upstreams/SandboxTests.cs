using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Writ.Gateways.Mcp.Upstreams;
using Writ.Testing;

namespace Writ.Gateways.Tests.Mcp.Upstreams;

public sealed class SandboxTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("writ-data-").FullName;
    private readonly string _work = Directory.CreateTempSubdirectory("writ-work-").FullName;

    public SandboxTests()
    {
        File.WriteAllText(Path.Combine(_data, "ledger"), "secret");
        File.WriteAllText(Path.Combine(_work, "note"), "hello");
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        Directory.Delete(_data, recursive: true);
        Directory.Delete(_work, recursive: true);
    }

    [Fact]
    public async Task The_server_sees_neither_writs_folders_nor_the_homes_of_the_machine()
    {
        await using var server = new Misbehaving(protectedFolders: [_data]);
        Assert.Equal("ENOENT", await server.TextAsync("read", new { path = Path.Combine(_data, "ledger") }));
        Assert.Equal("ENOENT", await server.TextAsync("read", new { path = "/etc/shadow" }));
        Assert.Equal("ENOENT", await server.TextAsync("read", new { path = $"/proc/{Environment.ProcessId}/environ" }));
        Assert.Equal("EROFS", await server.TextAsync("write", new { path = "/usr/written" }));

        // A checkout that lies below one of these folders is on the way to the server's own script, and nothing else of them is there.
        foreach (var (folder, own) in new[] { ("/tmp", "home"), ("/root", null), ("/home", null) })
        {
            string?[] expected = [own, OnTheWayTo(Repository.Root, folder)];
            var names = expected.Where(name => name is not null).Distinct().Order(StringComparer.Ordinal).ToArray();
            var listed = await server.TextAsync("list", new { path = folder });
            if (names.Length == 0)
                Assert.Equal("ENOENT", listed);
            else
                Assert.Equal(names, JsonElement.Parse(listed).EnumerateArray().Select(e => e.GetString()).Order(StringComparer.Ordinal));
        }
    }

    /// <summary>The entry of a folder that leads to a path below it; null where the path is not below it.</summary>
    private static string? OnTheWayTo(string path, string folder) =>
        path.StartsWith(folder + "/", StringComparison.Ordinal) ? path[(folder.Length + 1)..].Split('/')[0] : null;

    [Fact]
    public async Task Stated_paths_are_shown_and_only_writable_where_it_says_so()
    {
        await using (var server = new Misbehaving(change: d => d with { WorkingFolder = _work }))
        {
            Assert.Equal("read: hello", await server.TextAsync("read", new { path = "note" }));
            Assert.Equal("EROFS", await server.TextAsync("write", new { path = "made" }));
        }

        await using (var server = new Misbehaving(change: d => d with { WorkingFolder = _work, Paths = [.. d.Paths, new SandboxPath(_work, Writable: true)] }))
            Assert.Equal("written", await server.TextAsync("write", new { path = "made" }));
        Assert.Equal("written", await File.ReadAllTextAsync(Path.Combine(_work, "made"), Stop));
    }

    [Fact]
    public async Task A_path_that_would_show_writs_folders_is_refused_even_behind_a_link()
    {
        var link = Path.Combine(_work, "link");
        Directory.CreateSymbolicLink(link, _data);
        foreach (var path in new[] { _data, Path.GetDirectoryName(_data)!, Path.Combine(_data, "ledger"), link, _data + "/./" })
        {
            await using var server = new Misbehaving(change: d => d with { Paths = [.. d.Paths, new SandboxPath(path, Writable: false)] }, protectedFolders: [_data]);
            var failed = Assert.IsType<UpstreamAnswer.Failed>(await server.CallAsync("echo"));
            Assert.Equal((UpstreamFailure.Refused, false), (failed.Kind, failed.MayHaveActed));
            Assert.Contains("Writ keeps its data or keys", failed.Detail, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Nothing_of_writs_environment_is_inherited()
    {
        Assert.NotNull(Environment.GetEnvironmentVariable("PATH"));
        await using var server = new Misbehaving(change: d => d with { Environment = d.Environment.Add("TOKEN", "for the server") });
        var seen = JsonElement.Parse(await server.TextAsync("environment")).EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString());
        Assert.Equal(["HOME", "LANG", "PATH", "PWD", "TMPDIR", "TOKEN"], seen.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("for the server", seen["TOKEN"]);
    }

    [Fact]
    public async Task The_network_is_the_servers_own_unless_its_definition_shares_it()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        await using (var server = new Misbehaving())
            Assert.Equal("ECONNREFUSED", await server.TextAsync("reach", new { port }));
        await using (var server = new Misbehaving(change: d => d with { Network = true }))
            Assert.Equal("reached", await server.TextAsync("reach", new { port }));
    }

    [Fact]
    public async Task The_server_has_no_capabilities_and_sees_only_its_own_processes()
    {
        await using var server = new Misbehaving();
        var status = await server.TextAsync("status");
        Assert.Contains("CapEff:\t0000000000000000", status, StringComparison.Ordinal);
        Assert.Contains("CapBnd:\t0000000000000000", status, StringComparison.Ordinal);
        Assert.Contains("NoNewPrivs:\t1", status, StringComparison.Ordinal);
        Assert.InRange(JsonElement.Parse(await server.TextAsync("processes")).GetArrayLength(), 1, 4);
    }

    [Theory]
    [InlineData(SandboxMode.Bubblewrap)]
    [InlineData(SandboxMode.NoneIAcceptTheRisk)]
    public async Task What_a_server_started_does_not_outlive_it(SandboxMode sandbox)
    {
        var seconds = $"86{Random.Shared.Next(100_000, 999_999).ToString(CultureInfo.InvariantCulture)}";
        await using (var server = new Misbehaving(change: d => d with { Sandbox = sandbox }))
        {
            await server.TextAsync("fork", new { seconds });
            Assert.True(IsRunning(seconds));
        }

        while (IsRunning(seconds))
        {
            Stop.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    [Fact]
    public async Task Without_bubblewrap_a_server_is_refused_unless_its_definition_accepts_the_risk()
    {
        var missing = new Bubblewrap("/nowhere/bwrap");
        await using (var server = new Misbehaving(bubblewrap: missing))
        {
            var failed = Assert.IsType<UpstreamAnswer.Failed>(await server.CallAsync("echo"));
            Assert.Equal(UpstreamFailure.Refused, failed.Kind);
            Assert.Contains("apt-get install bubblewrap", failed.Detail, StringComparison.Ordinal);
            Assert.Contains("none-i-accept-the-risk", failed.Detail, StringComparison.Ordinal);
        }

        await using (var server = new Misbehaving(bubblewrap: missing, change: d => d with { Sandbox = SandboxMode.NoneIAcceptTheRisk }))
            Assert.IsType<UpstreamAnswer.Result>(await server.CallAsync("echo"));
    }

    [Fact]
    public void A_bubblewrap_that_cannot_isolate_counts_as_missing()
    {
        var broken = new Bubblewrap("/usr/bin/false");
        Assert.Null(broken.Path);
        Assert.Contains("cannot isolate", broken.Problem, StringComparison.Ordinal);
        Assert.Null(new Bubblewrap().Problem);
    }

    private static bool IsRunning(string argument) => Directory.GetDirectories("/proc").Any(folder =>
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, "cmdline")).Contains(argument, StringComparison.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    });
}
