using Writ.Governance.Decisions;
using Writ.Governance.Policies;
using Writ.Governance.Policies.Comparison;
using Writ.Governance.Policies.Testing;
using Writ.Governance.Replay;

namespace Writ.Governance.Tests.Policies.Comparison;

public sealed class ComparisonTests : IDisposable
{
    private const string Pay = "principal, action == Writ::Action::\"tool/desk/pay\", resource";
    private static readonly string Before = $"@id(\"pay\") permit ({Pay});\n@id(\"huge\") forbid ({Pay}) when {{ context.args.amount > 1000 }};";
    private readonly string _folder = Directory.CreateTempSubdirectory("writ-comparison-").FullName;

    [Fact]
    public async Task A_threshold_moved_by_one_is_met_though_no_case_stands_on_it()
    {
        var found = await new CaseComparison(Trial(Before), Trial(Before.Replace("> 1000", "> 999", StringComparison.Ordinal)), 3).RunAsync([Case(5)]);
        Assert.Equal((1, 0), (found.Changed, found.Loosened));
        Assert.Equal((Outcome.Allow, Outcome.Deny), Assert.Single(found.Pairs));
        var example = Assert.Single(found.Examples(Outcome.Allow, Outcome.Deny));
        Assert.Equal("""{"amount":1000}""", example.Arguments);
        Assert.Equal(["trial/pay"], example.RulesBefore);
        Assert.Equal(["trial/huge"], example.RulesAfter);
    }

    [Fact]
    public async Task The_same_policy_changes_nothing()
    {
        var found = await new CaseComparison(Trial(Before), Trial(Before), 3).RunAsync([Case(5), Case(5), Case(1000)]);
        Assert.Equal(0, found.Changed);
        Assert.True(found.Compared >= 4, "neighbours of the thresholds are tried");
    }

    [Fact]
    public async Task Recorded_calls_are_counted_by_pair_with_bounded_examples_the_same_in_every_run()
    {
        var path = Path.Combine(_folder, "runs.jsonl");
        await File.WriteAllLinesAsync(path, Enumerable.Range(0, 3_000).Select(i =>
            $$$"""{"id":"run-{{{i}}}","suite":"shop","calls":[{"f":"buy","a":{"amount":{{{i % 7}}}}},{"f":"look","a":{}},{"f":"nothing","a":{}}]}"""));
        var (before, after) = (Replay("permit (principal, action in Writ::Action::\"effect/read\", resource);"), Replay("permit (principal, action in [Writ::Action::\"effect/read\", Writ::Action::\"effect/money\"], resource);"));
        var first = await RunAsync(before, after, path);
        Assert.Equal((9_000, 3_000, 3_000), (first.Compared, first.Changed, first.Loosened));
        Assert.Equal(3_000, first.Of(Outcome.Deny, Outcome.Allow));
        Assert.Equal(6_000, first.Of(Outcome.Allow, Outcome.Allow) + first.Of(Outcome.Deny, Outcome.Deny));
        var examples = first.Examples(Outcome.Deny, Outcome.Allow);
        Assert.Equal(["run-0, call 1", "run-1, call 1"], examples.Select(example => example.Origin));
        Assert.Equal("shop/buy", examples[0].Action);
        var second = await RunAsync(before, after, path);
        Assert.Equal(examples.Select(example => (example.Origin, example.Arguments)), second.Examples(Outcome.Deny, Outcome.Allow).Select(example => (example.Origin, example.Arguments)));
        Assert.Equal((3_000, 0), ((await RunAsync(after, before, path)).Changed, (await RunAsync(after, before, path)).Loosened));
    }

    [Fact]
    public async Task A_trace_that_cannot_be_read_ends_the_comparison_with_its_line()
    {
        var path = Path.Combine(_folder, "broken.jsonl");
        await File.WriteAllTextAsync(path, """{"id":"a","suite":"shop","calls":[]}""" + "\n{\n");
        var world = Replay("permit (principal, action in Writ::Action::\"effect/read\", resource);");
        var refused = Assert.IsType<ComparisonResult.Refused>(await new TraceComparison(world, world, 1).RunAsync([path], CancellationToken.None));
        Assert.Equal(2, refused.Problem.Line);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static async Task<OutcomeDifferences> RunAsync(ReplayWorld before, ReplayWorld after, string path) =>
        Assert.IsType<ComparisonResult.Done>(await new TraceComparison(before, after, 2).RunAsync([path], CancellationToken.None)).Differences;

    private static ReplayWorld Replay(string policy)
    {
        var tools =
            """
            {"shop":[{"name":"buy","effect":"money","untrusted_source":false,"params":{"amount":{"type":"int"}}},
                     {"name":"look","effect":"read","untrusted_source":false}]}
            """u8;
        return Assert.IsType<ReplayWorldMaking.Made>(ReplayWorld.Make(World.Bundle(policy), tools, TrialCall.DefaultTime, TimeProvider.System)).World;
    }

    private static PolicyCase Case(int amount) => new("a payment", "cases.yaml", 1, new TrialCall
    {
        Agent = TrialWorld.Describe("agent", [World.Desk]), Server = World.Desk, Tool = "pay", Arguments = World.Args($$$"""{"amount":{{{amount}}}}"""),
    }, new CaseExpectation { Outcome = Outcome.Allow });

    private static TrialWorld Trial(string policy)
    {
        var desk = World.DeskServer();
        var making = TrialWorld.Make([World.Bundle(policy, name: "trial")], [new TrialServer(desk.Slug, [.. World.Definitions], desk.Classifications)], TimeProvider.System);
        return Assert.IsType<TrialWorldMaking.Made>(making).World;
    }
}
