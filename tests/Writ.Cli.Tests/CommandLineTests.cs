using System.CommandLine;
using Writ.Cli.Terminal;

namespace Writ.Cli.Tests;

public sealed class CommandLineTests
{
    public static readonly TheoryData<string> Commands = [.. Paths(WritCommand.Create(SessionOf(TextWriter.Null, TextWriter.Null)), "").Where(path => path.Length > 0)];

    [Theory, MemberData(nameof(Commands))]
    public async Task Every_command_has_help_that_says_what_it_does_and_shows_an_example(string path)
    {
        using var output = new StringWriter();
        Assert.Equal(0, await WritCommand.InvokeAsync(SessionOf(output, TextWriter.Null), [.. path.Split(' '), "--help"]));
        var help = output.ToString();
        Assert.Contains($" {path} ", help, StringComparison.Ordinal);
        Assert.Contains("--json", help, StringComparison.Ordinal);
        if (!help.Contains("Commands:", StringComparison.Ordinal))
            Assert.Contains($"  writ {path}", help[help.IndexOf("Example", StringComparison.Ordinal)..], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("No such command", "wrong", "writ has no command 'wrong', only")]
    [InlineData("A typing error", "agnet", "did you mean 'agent'?")]
    [InlineData("Half a command", "agent", "say which: add, list, enrol-token, import, shadows, review, reviews, version, trust, suspend, activate, retire, transfer, accept, decline, backup-owner, ceiling, audit, share, visibility")]
    [InlineData("An unknown flag", "agent list --bogus", "'--bogus'")]
    [InlineData("A missing argument", "agent add", "'add'")]
    [InlineData("A missing flag", "agent suspend x", "--reason")]
    [InlineData("A number out of bounds", "agent add x --risk 5", "--risk is 0 to 4, not 5")]
    [InlineData("Not a number", "agent add x --risk high", "high")]
    [InlineData("Not one of the words", "agent add x --visibility everyone", "everyone")]
    [InlineData("An answer to nothing", "approve --yes", "need the ID")]
    [InlineData("An answer that only shows", "approve x --show --reject", "--show answers nothing")]
    [InlineData("A token on the command line", "agent list --token wpt_x", "'--token'")]
    [InlineData("A response file", "@/etc/hostname", "writ has no command '@/etc/hostname'")]
    public async Task A_wrong_command_line_ends_with_2_and_says_what_is_wrong(string what, string line, string says)
    {
        Assert.NotEmpty(what);
        using var error = new StringWriter();
        Assert.Equal(2, await WritCommand.InvokeAsync(SessionOf(TextWriter.Null, error), line.Split(' ')));
        Assert.Contains(says, error.ToString(), StringComparison.Ordinal);
        Assert.Contains("See: writ", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_command_line_is_one_json_document_for_a_program()
    {
        var run = await CliRun.OfAsync("agent", "list", "--bogus", "--json");
        Assert.Equal((2, ""), (run.Exit, run.Error));
        Assert.Equal(2, run.Json.GetProperty("error").GetProperty("exit_code").GetInt32());
        Assert.Contains("--bogus", run.Json.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_command_the_help_is_shown()
    {
        var run = await CliRun.OfAsync();
        Assert.Equal((0, ""), (run.Exit, run.Error));
        Assert.Contains("writ demo", run.Output, StringComparison.Ordinal);
        Assert.Equal((await CliRun.OfAsync("--help")).Output, run.Output);
    }

    private static Session SessionOf(TextWriter output, TextWriter error) =>
        new(TextReader.Null, output, error, new Dictionary<string, string>(), TimeProvider.System);

    private static IEnumerable<string> Paths(Command command, string path) =>
        command.Subcommands.SelectMany(c => Paths(c, path.Length == 0 ? c.Name : $"{path} {c.Name}")).Prepend(path);
}
