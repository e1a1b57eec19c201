using Writ.Gateways.Mcp.Upstreams;

namespace Writ.Gateways.Tests.Mcp.Upstreams;

public sealed class StdioServerDefinitionTests
{
    [Theory]
    [InlineData("npx -y some-server", "")]
    [InlineData("server;rm", "")]
    [InlineData("$(server)", "")]
    [InlineData("", "")]
    [InlineData("-server", "")]
    [InlineData("sh", "-c")]
    [InlineData("/bin/bash", "-lc")]
    public void T67_a_command_that_a_shell_would_have_to_read_is_refused(string command, string argument) =>
        Assert.NotNull(new StdioServerDefinition { Command = command, Arguments = [argument, "x"] }.Problem);

    [Theory]
    [InlineData("node", "-c")]
    [InlineData("/usr/bin/python3", "server.py; rm -rf /")]
    [InlineData("bash", "script.sh")]
    public void A_program_with_its_arguments_apart_is_taken_as_it_is(string command, string argument) =>
        Assert.Null(new StdioServerDefinition { Command = command, Arguments = [argument] }.Problem);

    [Theory]
    [InlineData("LD_PRELOAD")]
    [InlineData("LD_LIBRARY_PATH")]
    [InlineData("GLIBC_TUNABLES")]
    [InlineData("A=B")]
    [InlineData("")]
    [InlineData("1A")]
    public void A_variable_that_acts_before_the_sandbox_exists_is_refused(string name) =>
        Assert.NotNull(new StdioServerDefinition { Command = "node", Environment = System.Collections.Immutable.ImmutableDictionary<string, string>.Empty.Add(name, "x") }.Problem);

    [Theory]
    [InlineData("/", false)]
    [InlineData("//", false)]
    [InlineData("/proc", false)]
    [InlineData("/proc/1/root", false)]
    [InlineData("/sys/", false)]
    [InlineData("relative", false)]
    [InlineData("/srv/../etc", false)]
    [InlineData("/srv/data", true)]
    public void Paths_are_absolute_and_never_the_whole_machine(string path, bool fine) =>
        Assert.Equal(fine, new StdioServerDefinition { Command = "node", Paths = [new SandboxPath(path, false)] }.Problem is null);
}
