namespace Writ.Cli.Tests;

/// <summary>Two people publish against the real server, all of them processes of their own.</summary>
public sealed class PublishingTests : IDisposable
{
    private const string Permit = "permit (principal, action in Writ::Action::\"tool/call\", resource);\n";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("writ-bundle-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task What_loosens_waits_for_a_second_person_once_there_is_one()
    {
        await using var server = await RunningServer.StartAsync();
        var alone = await server.RunAsync("policy", "publish", Bundle(Permit + "forbid (principal, action, resource) when { principal.risk > 3 };"), "--json");
        Assert.Equal((0, "active", "solo"), (alone.Exit, alone.Json.GetProperty("state").GetString(), alone.Json.GetProperty("ground").GetString()));

        var sam = (await server.RunAsync("person", "add", "sam", "--capability", "security", "--json")).Json.GetProperty("token").GetString()!;
        Task<CliRun> AsSam(params string[] arguments) => CliRun.OfAsync(arguments, new() { ["WRIT_URL"] = server.Url, ["WRIT_TOKEN"] = sam });
        Assert.Equal("no bundle waits for a second person\n", (await AsSam("policy", "proposals")).Output);
        var proposed = await AsSam("policy", "publish", Bundle(Permit));
        Assert.Equal(1, proposed.Exit);
        Assert.Contains("would be ALLOW", proposed.Output, StringComparison.Ordinal);

        var digest = (await AsSam("policy", "proposals", "--json")).Json.GetProperty("proposals")[0].GetProperty("digest").GetString()!;
        Assert.Contains(digest, (await AsSam("policy", "proposals")).Output, StringComparison.Ordinal);
        var self = await AsSam("policy", "confirm", "house", digest);
        Assert.Equal(1, self.Exit);
        Assert.Contains("WRIT1102", self.Error, StringComparison.Ordinal);
        Assert.Equal(1, (await server.RunAsync("policy", "confirm", "house", new string('0', 64))).Exit);
        var confirmed = await server.RunAsync("policy", "confirm", "house", digest, "--json");
        Assert.Equal((0, "active"), (confirmed.Exit, confirmed.Json.GetProperty("state").GetString()));

        Assert.Equal(0, (await AsSam("policy", "publish", Bundle(Permit + "forbid (principal, action, resource);"))).Exit);
        Assert.Equal(1, (await server.RunAsync("policy", "publish", Bundle(Permit))).Exit);
        var again = (await AsSam("policy", "proposals", "--json")).Json.GetProperty("proposals")[0].GetProperty("digest").GetString()!;
        Assert.Equal("house is no longer proposed; 0 wait\n", (await AsSam("policy", "decline", "house", again, "--reason", "a test")).Output);
        Assert.Equal(0, await server.StopAsync());
    }

    [Fact]
    public async Task What_is_signed_is_published_and_once_signatures_are_required_nothing_else()
    {
        await using var server = await RunningServer.StartAsync();
        var bundle = Bundle(Permit);
        var key = Path.Combine(_folder.FullName, "..", $"{_folder.Name}.key");
        try
        {
            var made = await server.RunAsync("policy", "keygen", key, "--json");
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(key));
            Assert.Equal(2, (await server.RunAsync("policy", "keygen", key)).Exit);
            Assert.DoesNotContain(File.ReadAllText(key).Split(' ')[2].Trim(), made.Output + made.Error, StringComparison.Ordinal);
            Assert.Equal(0, (await server.RunAsync("policy", "sign", bundle, "--key", key)).Exit);
            Assert.Contains("not registered", (await server.RunAsync("policy", "publish", bundle)).Error, StringComparison.Ordinal);

            var id = made.Json.GetProperty("key").GetString()!;
            Assert.Contains(id, (await server.RunAsync("policy", "key", "add", made.Json.GetProperty("public_key").GetString()!, "--label", "a test")).Output, StringComparison.Ordinal);
            Assert.Equal(id, (await server.RunAsync("policy", "publish", bundle, "--json")).Json.GetProperty("signed_by").GetString());
            Assert.Contains("only signed", (await server.RunAsync("policy", "key", "require", "--reason", "a test")).Output, StringComparison.Ordinal);
            File.AppendAllText(Path.Combine(bundle, "house.cedar"), "// changed\n");
            Assert.Equal(2, (await server.RunAsync("policy", "publish", bundle)).Exit);
            File.Delete(Path.Combine(bundle, "bundle.sig"));
            Assert.Equal(2, (await server.RunAsync("policy", "publish", bundle)).Exit);
            Assert.Contains("revoked", (await server.RunAsync("policy", "key", "revoke", id, "--reason", "a test")).Output, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(key);
        }
    }

    private string Bundle(string policy)
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "bundle.json"), """{"name":"house","version":"1","tier":"hard"}""");
        File.WriteAllText(Path.Combine(_folder.FullName, "house.cedar"), policy);
        return _folder.FullName;
    }
}
