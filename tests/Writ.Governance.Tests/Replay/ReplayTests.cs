using Writ.Governance.Decisions;
using Writ.Governance.Replay;
using Writ.Governance.Tools;

namespace Writ.Governance.Tests.Replay;

public sealed class ReplayTests : IDisposable
{
    private readonly Recording _recording = new();

    [Theory]
    [InlineData("""{"f":"balance","a":{}}""", "allow")]
    [InlineData("""{"f":"balance"}""", "allow")]
    [InlineData("""{"f":"pay","a":{"to":"x","amount":5}}""", "approve")]
    [InlineData("""{"f":"rename","a":{"names":["x"]}}""", "allow")]
    public async Task A_call_is_decided_by_the_effect_class_of_its_tool(string call, string decided) =>
        Assert.Equal($$"""{"id":"t","d":["{{decided}}"]}""" + "\n", await DecideAsync(call));

    [Theory]
    [InlineData("a tool nobody knows", """{"f":"withdraw","a":{}}""", ReplayObstacle.UnknownTool)]
    [InlineData("a tool of no possible name", """{"f":"I will now send\n a mail","a":{}}""", ReplayObstacle.UnknownTool)]
    [InlineData("no tool", """{"a":{}}""", ReplayObstacle.UnknownTool)]
    [InlineData("not a call", "7", ReplayObstacle.UnknownTool)]
    [InlineData("arguments that are a list", """{"f":"balance","a":[]}""", ReplayObstacle.UnreadableArguments)]
    [InlineData("arguments that are null", """{"f":"balance","a":null}""", ReplayObstacle.UnreadableArguments)]
    [InlineData("an argument named twice", """{"f":"balance","a":{"x":1,"x":2}}""", ReplayObstacle.UnreadableArguments)]
    [InlineData("half a character", """{"f":"balance","a":{"x":"\ud800"}}""", ReplayObstacle.UnreadableArguments)]
    [InlineData("a number without a canonical form", """{"f":"balance","a":{"x":1e999}}""", ReplayObstacle.UnreadableArguments)]
    [InlineData("text for a number", """{"f":"pay","a":{"to":"x","amount":"5"}}""", ReplayObstacle.InvalidArguments)]
    [InlineData("a missing argument", """{"f":"pay","a":{"to":"x"}}""", ReplayObstacle.InvalidArguments)]
    [InlineData("a text for a list", """{"f":"rename","a":{"names":"x"}}""", ReplayObstacle.InvalidArguments)]
    public async Task What_no_policy_can_be_asked_about_is_denied_and_counted(string what, string call, ReplayObstacle obstacle)
    {
        Assert.NotEmpty(what);
        var (result, decisions) = await Recording.RunAsync(World("permit (principal, action, resource);"), Trace(call));
        Assert.Equal("""{"id":"t","d":["deny"]}""" + "\n", decisions);
        var tally = Assert.IsType<ReplayResult.Done>(result).Tally;
        Assert.Equal((1, 1, 1), (tally.Of(obstacle), tally.Of(Outcome.Deny), tally.Calls));
    }

    [Fact]
    public async Task A_suite_nobody_knows_has_no_tools()
    {
        var (_, decisions) = await Recording.RunAsync(World("permit (principal, action, resource);"), _recording.File("t", """{"id":"t","suite":"bank-west","calls":[{"f":"balance","a":{}}]}"""));
        Assert.Contains("deny", decisions, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""permit (principal, action == Writ::Action::"tool/bank-west/pay", resource) when { context.args.amount.lessThan(decimal("10.0")) };""", "allow", "deny")]
    [InlineData("""permit (principal, action, resource); @id("limit") @discharge("constraint") @constraint("argument_clamp amount <= 10") forbid (principal, action == Writ::Action::"tool/bank-west/pay", resource) when { context.args.amount.greaterThan(decimal("10.0")) };""", "allow", "constrain")]
    [InlineData("""permit (principal, action, resource); @id("limit") @discharge("approval") @approvers("capability/security") forbid (principal, action, resource) when { context.args has note };""", "allow", "allow")]
    public async Task Policies_see_the_recorded_arguments(string policy, string small, string large)
    {
        var world = World(policy);
        var (_, decisions) = await Recording.RunAsync(world, Trace("""{"f":"pay","a":{"to":"x","amount":5}},{"f":"pay","a":{"to":"x","amount":50}}"""));
        Assert.Equal($$"""{"id":"t","d":["{{small}}","{{large}}"]}""" + "\n", decisions);
    }

    [Fact]
    public async Task Nothing_but_id_suite_function_and_arguments_is_looked_at()
    {
        var world = Recording.World(Recording.Starter("approve-high-risk"));
        var bare = Trace("""{"f":"pay","a":{"to":"x","amount":5}},{"f":"balance","a":{}}""");
        var told = _recording.File("told",
            """
            {"labels":{"utility":true,"attack_success":true},"kind":"attack","id":"t","model":"m","attack":"x","suite":"bank_west","calls":[{"x":1,"f":"pay","g":"goal","a":{"to":"x","amount":5},"deny":1,"r":"allow"},{"f":"balance","a":{},"x":1,"g":{"a":[]}}],"defense":"none"}
            """);
        var mistold = _recording.File("mistold", File.ReadAllText(told).Replace("true", "false").Replace("attack", "benign").Replace("goal", "none").Replace("\"deny\":1", "\"deny\":0"));
        var (_, expected) = await Recording.RunAsync(world, bare);
        Assert.Equal("""{"id":"t","d":["approve","allow"]}""" + "\n", expected);
        Assert.Equal(expected, (await Recording.RunAsync(world, told)).Decisions);
        Assert.Equal(expected, (await Recording.RunAsync(world, mistold)).Decisions);
    }

    [Fact]
    public async Task Blocks_come_out_in_the_order_of_the_lines_and_twice_the_same()
    {
        var lines = string.Concat(Enumerable.Range(0, 40_000).Select(i =>
            $$$"""{"id":"trace-{{{i}}}","suite":"bank_west","calls":[{"f":"{{{(i % 3 == 0 ? "pay" : "balance")}}}","a":{"to":"x","amount":{{{i}}}}}]}""" + "\n"));
        var world = Recording.World(Recording.Starter("read-only"));
        var plain = _recording.File("plain", lines);
        var (result, first) = await Recording.RunAsync(world, plain);
        Assert.Equal((40_000, 26_666), (Assert.IsType<ReplayResult.Done>(result).Tally.Traces, ((ReplayResult.Done)result).Tally.Of(EffectClass.Read, Outcome.Allow)));
        Assert.Equal(Enumerable.Range(0, 40_000).Select(i => $"trace-{i}"), first.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('"')[3]));
        Assert.Equal(first, (await Recording.RunAsync(world, plain)).Decisions);
        Assert.Equal(first, (await Recording.RunAsync(world, _recording.Gzip("packed", lines))).Decisions);
        Assert.Equal(first + first, (await Recording.RunAsync(world, plain, plain)).Decisions);
    }

    [Theory]
    [InlineData("""{"id":"t","suite":"s"}""", "expected an object with id, suite and calls")]
    [InlineData("""{"id":7,"suite":"s","calls":[]}""", "expected an object with id, suite and calls")]
    [InlineData("""{"id":"t","suite":"s","calls":{}}""", "expected an object with id, suite and calls")]
    [InlineData("""[]""", "expected an object with id, suite and calls")]
    [InlineData("""{"id":"t","suite":"s","calls":[]} {}""", "byte 35")]
    [InlineData("""{"id":"t","suite":"s","calls":[{"f":"x","a":{]}""", "byte 46")]
    [InlineData("""{"id":"\ud800","suite":"s","calls":[]}""", "not Unicode")]
    public async Task A_line_that_is_not_a_trace_is_named_and_ends_the_run(string line, string says)
    {
        var good = """{"id":"t","suite":"bank_west","calls":[]}""";
        var file = _recording.File("t", $"{good}\n\n{line}\n{good}\n");
        var (result, _) = await Recording.RunAsync(World("permit (principal, action, resource);"), file);
        var problem = Assert.IsType<ReplayResult.Refused>(result).Problem;
        Assert.Equal((file, 3), (problem.File, problem.Line));
        Assert.Contains(says, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_gzip_that_is_cut_off_is_not_taken_for_its_end()
    {
        var whole = _recording.Gzip("t.gz", string.Concat(Enumerable.Range(0, 2000).Select(i => $$"""{"id":"{{i * 7919}}","suite":"s","calls":[]}""" + "\n")));
        var cut = _recording.PathOf("cut.gz");
        var bytes = await File.ReadAllBytesAsync(whole, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(cut, bytes[..(bytes.Length / 2)], TestContext.Current.CancellationToken);
        var world = World("permit (principal, action, resource);");
        Assert.IsType<ReplayResult.Done>((await Recording.RunAsync(world, whole)).Result);
        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            if ((await Recording.RunAsync(world, cut)).Result is ReplayResult.Refused refused)
                throw new InvalidDataException(refused.Problem.Message);
        });
    }

    [Fact]
    public void A_bundle_that_could_not_be_published_cannot_be_replayed()
    {
        var refused = Assert.IsType<ReplayWorldMaking.BundleRefused>(Recording.Make(Recording.Bundle("permit (principal, action, resource) when { 1 + };"), Recording.Tools));
        Assert.Equal("test.cedar", refused.Problems[0].File);
    }

    public void Dispose() => _recording.Dispose();

    private static ReplayWorld World(string policies) => Recording.World(Recording.Bundle(policies));

    private string Trace(string calls) => _recording.File("t", $$"""{"id":"t","suite":"bank_west","calls":[{{calls}}]}""");

    private async Task<string> DecideAsync(string calls) =>
        (await Recording.RunAsync(Recording.World(Recording.Starter("approve-high-risk")), Trace(calls))).Decisions;
}
