namespace Writ.Cli.Tests;

public sealed class LoginCommandTests
{
    private const string Own = "wpt_a-token-of-ada";

    [Fact]
    public async Task A_token_is_kept_with_its_server_for_its_owner_alone_and_goes_to_no_other_server()
    {
        await using var server = await StubServer.StartAsync();
        await using var other = await StubServer.StartAsync();
        server.On("GET /v1/login", """{"organization":"default","person":"ada","display_name":"Ada","capabilities":[]}""").On("GET /v1/agents", Samples.Agents);
        var folder = Directory.CreateTempSubdirectory("writ-login-");
        try
        {
            Dictionary<string, string?> at(string? url) => new() { ["WRIT_URL"] = url, ["WRIT_TOKEN"] = null, ["WRIT_CONFIGURATION_FOLDER"] = folder.FullName };
            var login = await CliRun.OfAsync(["login"], at(server.Url), Own + "\n");
            Assert.Equal((0, ""), (login.Exit, login.Error));
            Assert.Contains("You are ada of default.", login.Output, StringComparison.Ordinal);
            var file = Path.Combine(folder.FullName, "login.token");
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));

            // With no address, the server is the one of the login.
            Assert.Equal(0, (await CliRun.OfAsync(["agent", "list"], at(null))).Exit);
            Assert.All(server.Asked, asked => Assert.Equal("Bearer " + Own, asked.Authorization));
            Assert.Equal(2, server.Asked.Count);

            var elsewhere = await CliRun.OfAsync(["agent", "list"], at(other.Url));
            Assert.Equal(2, elsewhere.Exit);
            Assert.Contains($"you are logged in at {server.Url}", elsewhere.Error, StringComparison.Ordinal);
            Assert.Empty(other.Asked);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_token_that_the_server_does_not_take_is_not_kept()
    {
        await using var server = await StubServer.StartAsync();
        server.OnProblem("GET /v1/login", 401, "WRIT3001", "the token is not known");
        var folder = Directory.CreateTempSubdirectory("writ-login-");
        try
        {
            var login = await CliRun.OfAsync(["login"], new() { ["WRIT_URL"] = server.Url, ["WRIT_TOKEN"] = null, ["WRIT_CONFIGURATION_FOLDER"] = folder.FullName }, Own + "\n");
            Assert.Equal(2, login.Exit);
            Assert.Empty(folder.GetFiles());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
