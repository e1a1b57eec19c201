using Writ.Testing;

namespace Writ.Cli.Tests;

public sealed class ReplayCommandTests : IDisposable
{
    private const string Tools = """{"shop":[{"name":"look","effect":"read","untrusted_source":false},{"name":"buy","effect":"money","untrusted_source":false}]}""";
    private const string Trace = """{"id":"one","suite":"shop","calls":[{"f":"look","a":{}},{"f":"buy","a":{}},{"f":"steal","a":{}}]}""";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("writ-replay-cli-");

    [Fact]
    public async Task Replay_writes_the_decisions_and_tells_them_by_effect_class()
    {
        var run = await RunAsync(Trace, Tools, "approve-high-risk");
        Assert.Equal((0, ""), (run.Exit, run.Error));
        Assert.Contains("money", run.Output, StringComparison.Ordinal);
        Assert.Contains("denied for unknown tool", run.Output, StringComparison.Ordinal);
        Assert.Equal("""{"id":"one","d":["allow","approve","deny"]}""" + "\n", await File.ReadAllTextAsync(Out, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Replay_answers_a_program_with_one_document()
    {
        var run = await RunAsync(Trace, Tools, "read-only", "--json", "--timings", PathOf("times"));
        Assert.Equal(0, run.Exit);
        Assert.Equal((3, 1), (run.Json.GetProperty("calls").GetInt32(), run.Json.GetProperty("by_effect").GetProperty("unknown tool").GetProperty("unknown_tool").GetInt32()));
        Assert.StartsWith("""{"id":"one","us":[""", await File.ReadAllTextAsync(PathOf("times"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a line that is no trace", "{}", Tools, "read-only", "traces:1: expected an object with id, suite and calls")]
    [InlineData("tools that are none", Trace, "{", "read-only", "tools: line 1")]
    [InlineData("a bundle that is not there", Trace, Tools, "no-such-bundle", "there is no such folder")]
    public async Task Bad_input_ends_with_2_says_where_and_leaves_no_output(string what, string trace, string tools, string bundle, string says)
    {
        Assert.NotEmpty(what);
        var run = await RunAsync(trace, tools, bundle);
        Assert.Equal((2, ""), (run.Exit, run.Output));
        Assert.Contains(says, run.Error, StringComparison.Ordinal);
        Assert.Equal(["tools", "traces"], _folder.GetFiles().Select(f => f.Name).Order());
    }

    [Fact]
    public async Task Output_that_cannot_be_written_ends_with_3()
    {
        Directory.CreateDirectory(Out + ".partial");
        var run = await RunAsync(Trace, Tools, "read-only");
        Assert.Equal(3, run.Exit);
        Assert.Contains("decisions.jsonl.partial", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Out));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string Out => PathOf("decisions.jsonl");

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);

    private Task<CliRun> RunAsync(string trace, string tools, string bundle, params string[] more) => CliRun.OfAsync([.. Arguments(trace, tools, bundle), .. more], []);

    private string[] Arguments(string trace, string tools, string bundle)
    {
        File.WriteAllText(PathOf("traces"), trace);
        File.WriteAllText(PathOf("tools"), tools);
        return ["replay", "--traces", PathOf("traces"), "--tools", PathOf("tools"), "--bundle", Repository.PathOf("samples", "policies", bundle), "--out", Out];
    }
}
