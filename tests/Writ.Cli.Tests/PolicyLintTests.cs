using Writ.Testing;

namespace Writ.Cli.Tests;

public sealed class PolicyLintTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("writ-policy-lint-").FullName;

    [Fact]
    public async Task The_samples_have_nothing_to_mend()
    {
        foreach (var folder in Directory.EnumerateDirectories(Repository.PathOf("samples", "policies")))
        {
            var run = await CliRun.OfAsync("policy", "lint", folder);
            Assert.True(run.Exit == 0, run.Output + run.Error);
        }
    }

    [Fact]
    public async Task What_is_to_be_mended_is_said_with_its_place_and_ends_with_1()
    {
        Write("permit (principal, action, resource);\npermit (principal, action, resource) when { false };\n");
        var run = await CliRun.OfAsync("policy", "lint", _folder);
        Assert.Equal(1, run.Exit);
        Assert.Contains("a.cedar:1:1  warning  wildcard-permit", run.Output, StringComparison.Ordinal);
        Assert.Contains("a.cedar:2:1  warning  never-applies", run.Output, StringComparison.Ordinal);
        Assert.Equal(1, (await CliRun.OfAsync("policy", "lint", _folder, "--json")).Exit);
    }

    [Fact]
    public async Task Approvers_are_looked_for_among_the_people_that_are_named()
    {
        Write("@discharge(\"approval\") @approvers(\"person/kim\") forbid (principal, action == Writ::Action::\"tool/a/b\", resource);\n");
        using var kim = new TemporaryFile("""{"people":[{"id":"kim","display_name":"Kim","capabilities":["app"]}]}""");
        using var sam = new TemporaryFile("""{"people":[{"id":"sam","display_name":"Sam","capabilities":["app"]}]}""");
        using var wrong = new TemporaryFile("""{"people":[{"id":"sam","capabilities":["ap"]}]}""");
        Assert.Equal(0, (await CliRun.OfAsync("policy", "lint", _folder)).Exit);
        Assert.Equal(0, (await CliRun.OfAsync("policy", "lint", _folder, "--people", kim.Path)).Exit);
        var run = await CliRun.OfAsync("policy", "lint", _folder, "--people", sam.Path);
        Assert.Equal(1, run.Exit);
        Assert.Contains("no-such-approver", run.Output, StringComparison.Ordinal);
        Assert.Equal(2, (await CliRun.OfAsync("policy", "lint", _folder, "--people", wrong.Path)).Exit);
    }

    [Fact]
    public async Task A_server_knows_its_own_tools_and_people()
    {
        Write("@discharge(\"approval\") @approvers(\"person/nobody\") forbid (principal, action == Writ::Action::\"tool/a/b\", resource);\n");
        await using var server = await RunningServer.StartAsync();
        var run = await server.RunAsync("policy", "lint", _folder, "--online");
        Assert.Equal(1, run.Exit);
        Assert.Contains("no-such-approver", run.Output, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Write(string policy)
    {
        File.WriteAllText(Path.Combine(_folder, "bundle.json"), """{"name":"trial","version":"1","tier":"soft"}""");
        File.WriteAllText(Path.Combine(_folder, "a.cedar"), policy);
    }
}
