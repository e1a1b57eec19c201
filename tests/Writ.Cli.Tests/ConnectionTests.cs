using System.Net;
using System.Net.Sockets;

namespace Writ.Cli.Tests;

public sealed class ConnectionTests
{
    [Fact]
    public async Task A_server_that_is_not_there_ends_with_3_and_says_what_to_do()
    {
        var url = $"http://127.0.0.1:{FreePort()}";
        var run = await CliRun.OfAsync("agent", "list", "--server", url);
        Assert.Equal((3, ""), (run.Exit, run.Output));
        Assert.Contains($"cannot reach {url}/: nothing listens there", run.Error, StringComparison.Ordinal);
        Assert.Contains("writ serve", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_without_a_name_ends_with_3()
    {
        var run = await CliRun.OfAsync("agent", "list", "--json", "--server", "https://no-such-host.invalid");
        Assert.Equal((3, ""), (run.Exit, run.Error));
        Assert.Equal(3, run.Json.GetProperty("error").GetProperty("exit_code").GetInt32());
    }

    [Theory]
    [InlineData("127.0.0.1:7070", "is not a server's address")]
    [InlineData("ftp://127.0.0.1", "is not a server's address")]
    [InlineData("http://127.0.0.1:7070/v1", "is not a server's address")]
    [InlineData("http://user:secret@127.0.0.1:7070", "is not a server's address")]
    [InlineData("http://writ.example:7070", "in clear")]
    public async Task An_address_that_is_none_or_would_leak_the_token_is_refused(string address, string says)
    {
        var run = await CliRun.OfAsync("agent", "list", "--server", address);
        Assert.Equal(2, run.Exit);
        Assert.Contains(says, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_token_is_sent_and_comes_from_the_strongest_source()
    {
        await using var server = await StubServer.StartAsync();
        server.On("GET /v1/agents", Samples.Agents);
        var folder = Directory.CreateTempSubdirectory("writ-token-");
        var file = Path.Combine(folder.FullName, "administrator.token");
        await File.WriteAllTextAsync(file, "wpt_from-file\n", TestContext.Current.CancellationToken);
        Dictionary<string, string?> only(string? name, string? value) => new() { ["WRIT_URL"] = server.Url, ["WRIT_TOKEN"] = null, [name ?? "X"] = value };

        Assert.Equal(0, (await CliRun.OfAsync(["agent", "list"], new() { ["WRIT_URL"] = server.Url })).Exit);
        Assert.Equal(0, (await CliRun.OfAsync(["agent", "list", "--token-file", file], new() { ["WRIT_URL"] = server.Url })).Exit);
        Assert.Equal(0, (await CliRun.OfAsync(["agent", "list"], only("WRIT_TOKEN_FILE", file))).Exit);
        Assert.Equal(0, (await CliRun.OfAsync(["agent", "list"], only("WRIT_CONFIGURATION_FOLDER", folder.FullName))).Exit);
        Assert.Equal(
            ["Bearer " + CliRun.Token, "Bearer wpt_from-file", "Bearer wpt_from-file", "Bearer wpt_from-file"],
            server.Asked.Select(a => a.Authorization));
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Without_a_token_nothing_is_sent()
    {
        await using var server = await StubServer.StartAsync();
        var run = await CliRun.OfAsync(["agent", "list"], new() { ["WRIT_URL"] = server.Url, ["WRIT_TOKEN"] = null });
        Assert.Equal(2, run.Exit);
        Assert.Contains(".config/writ/administrator.token", run.Error, StringComparison.Ordinal);

        var two = await CliRun.OfAsync(["agent", "list"], new() { ["WRIT_URL"] = server.Url, ["WRIT_TOKEN"] = "wpt_secret-a wpt_secret-b" });
        Assert.Equal(2, two.Exit);
        Assert.DoesNotContain("wpt_secret", two.Error, StringComparison.Ordinal);
        Assert.Empty(server.Asked);
    }

    [Theory]
    [InlineData(400, 2)]
    [InlineData(401, 2)]
    [InlineData(403, 1)]
    [InlineData(404, 2)]
    [InlineData(409, 1)]
    [InlineData(422, 2)]
    [InlineData(429, 3)]
    [InlineData(500, 3)]
    [InlineData(503, 3)]
    public async Task An_error_of_the_server_ends_with_its_own_exit_code_and_shows_code_and_detail(int status, int exit)
    {
        await using var server = await StubServer.StartAsync();
        server.OnProblem("GET /v1/agents", status, "WRIT1234", "the detail");
        var run = await server.RunAsync("agent", "list");
        Assert.Equal((exit, ""), (run.Exit, run.Output));
        Assert.Contains("It did not work: the detail (WRIT1234)", run.Error, StringComparison.Ordinal);

        var json = await server.RunAsync("agent", "list", "--json");
        Assert.Equal((exit, ""), (json.Exit, json.Error));
        Assert.Equal("WRIT1234", json.Json.GetProperty("error").GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_redirect_is_not_followed_so_that_the_token_stays()
    {
        await using var other = await StubServer.StartAsync();
        await using var server = await StubServer.StartAsync();
        server.On("GET /v1/agents", other.Url + "/v1/agents", status: 307);
        Assert.Equal(3, (await server.RunAsync("agent", "list")).Exit);
        Assert.Empty(other.Asked);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"agents":5}""")]
    [InlineData("""{"agents":[],"agents":[]}""")]
    public async Task An_answer_of_something_else_is_told_apart(string body)
    {
        await using var server = await StubServer.StartAsync();
        server.On("GET /v1/agents", body);
        var run = await server.RunAsync("agent", "list");
        Assert.Equal(3, run.Exit);
        Assert.Contains("does not understand", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_echoes_the_token_does_not_get_it_shown()
    {
        await using var server = await StubServer.StartAsync();
        server.OnProblem("GET /v1/agents", 400, "WRIT9101", $"you sent {CliRun.Token}");
        Assert.Contains("you sent (your token)", (await server.RunAsync("agent", "list")).Error, StringComparison.Ordinal);
        server.On("GET /v1/agents", Samples.Agents.Replace("support-agent", CliRun.Token, StringComparison.Ordinal));
        Assert.Contains("(your token)", (await server.RunAsync("agent", "list")).Output, StringComparison.Ordinal);
        Assert.Contains("(your token)", (await server.RunAsync("agent", "list", "--json")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_without_an_end_is_given_up()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var run = CliRun.OfAsync("agent", "list", "--server", $"http://{listener.LocalEndpoint}");
        using (var connection = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken))
        {
            await connection.GetStream().WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{"u8.ToArray(), TestContext.Current.CancellationToken);
        }

        Assert.Equal(3, (await run).Exit);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
