using FsCheck;
using FsCheck.Fluent;
using Writ.Governance.Decisions;
using Writ.Governance.Policies;
using Writ.Governance.Policies.Constraints;
using Writ.Governance.Registry;
using Outcome = Writ.Governance.Decisions.Outcome;

namespace Writ.Governance.Tests.Policies;

/// <summary>
/// The laws of the outcomes over generated bundles. A verdict is compared by its outcome and, where both let the action through, by its
/// limits: one is at least as strict as another when meeting the two changes nothing. What gates let run is compared by what runs.
/// </summary>
public sealed class OutcomeOrderTests
{
    private const string Erring = "when { context.args.missing == 1 }";

    private static readonly string[] Conditions =
        ["", "when { false }", Erring, "when { context.args.region == \"eu\" }", "when { context.args.n > 5 }", "unless { context.args has other }", "when { context.args.region in principal }"];

    private static readonly string[] Forbids =
    [
        "forbid ",
        "@discharge(\"approval\") @approvers(\"capability/app\") forbid ",
        "@discharge(\"approval\") @by(\"user\") @max_age(\"5m\") forbid ",
        "@discharge(\"remediation\") @remedy(\"same tool(n = 1)\") forbid ",
        "@discharge(\"remediation\") @remedy(\"look()\") forbid ",
        .. new[]
        {
            "timeout 5s", "timeout 2s", "argument_clamp n <= 5", "argument_clamp n <= 3", "allowed_values region in eu, us", "allowed_values region in us",
            "output_limit 10", "redact_fields a", "redact_fields b", "max_amount n <= 50", "max_amount n <= 4", "max_cost 1", "rate 5 per 1m by agent",
            "rate 4 per 1m by agent", "read_only", "ring 3", "ring 1", "subject_scope who",
        }.Select(text => $"@discharge(\"constraint\") @constraint(\"{text}\") forbid "),
    ];

    private static Gen<string> Permit => Gen.Elements(Conditions).Select(c => Write("permit ", c));

    private static Gen<string> Forbid => from head in Gen.Elements(Forbids) from condition in Gen.Elements(Conditions) select Write(head, condition);

    /// <summary>Bundles in which something is often permitted: without that every law holds of itself.</summary>
    private static Arbitrary<string[]> Bundles =>
        (from permits in Gen.ListOf(Permit) from forbids in Gen.ListOf(Forbid) from any in Gen.Elements(true, true, false)
         select permits.Take(2).Concat(forbids.Take(4)).Concat(any ? [Write("permit ", "")] : []).ToArray()).ToArbitrary();

    [Fact]
    public async Task T04_T05_any_order_of_policies_gives_the_same_answer_limits_and_arguments()
    {
        using var world = await WorldAsync();
        Prop.ForAll(Bundles, Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), (policies, seed) =>
        {
            var shuffled = policies.ToArray();
            new Random(seed).Shuffle(shuffled);
            return AnswerOf(world, policies) == AnswerOf(world, shuffled);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));
    }

    [Fact]
    public async Task Adding_a_permit_never_tightens_and_never_changes_a_limit()
    {
        using var world = await WorldAsync();
        Prop.ForAll(Bundles, Permit.ToArbitrary(), (policies, permit) =>
        {
            var (before, after) = (Judge(world, policies), Judge(world, [.. policies, permit]));
            return after.Outcome <= before.Outcome && (before.Outcome == Outcome.Deny || after.Constraints.Equals(before.Constraints));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));
    }

    [Fact]
    public async Task Adding_a_forbid_never_loosens_an_outcome_or_a_limit()
    {
        using var world = await WorldAsync();
        Prop.ForAll(Bundles, Forbid.ToArbitrary(), (policies, forbid) =>
        {
            var (before, after) = (Judge(world, policies), Judge(world, [.. policies, forbid]));
            return after.Outcome >= before.Outcome
                && (after.Outcome > Outcome.RequireApproval || after.Constraints.Equals(ConstraintSet.Meet(before.Constraints.Items.Concat(after.Constraints.Items))));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));
    }

    [Fact]
    public async Task What_runs_under_one_more_forbid_could_have_run_without_it()
    {
        using var world = await WorldAsync();
        Prop.ForAll(Bundles, Forbid.ToArbitrary(), (policies, forbid) =>
            Ask(world, [.. policies, forbid]) is not GateResult.Permitted permitted
            || (Ask(world, policies, permitted.EffectiveArguments) is GateResult.Permitted without
                && ConstraintSet.Meet(without.Constraints.Items.Concat(permitted.Constraints.Items)) is { } both && both.Equals(permitted.Constraints)))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(200));
    }

    [Fact]
    public async Task Losing_every_annotation_only_tightens_and_leaves_plain_yes_as_the_only_yes()
    {
        using var world = await WorldAsync();
        Prop.ForAll(Bundles, policies =>
        {
            var (with, without) = (Judge(world, policies), Judge(world, [.. policies.Select(p => p[p.IndexOf(p.Contains("permit", StringComparison.Ordinal) ? "permit" : "forbid", StringComparison.Ordinal)..])]));
            return without.Outcome == (with.Outcome == Outcome.Allow ? Outcome.Allow : Outcome.Deny);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));
    }

    [Fact]
    public async Task T03_a_forbid_that_fails_denies_and_a_permit_that_fails_is_as_if_it_were_not_there()
    {
        using var world = await WorldAsync();
        Prop.ForAll(Bundles, Gen.Elements(Forbids).ToArbitrary(), (policies, head) =>
            Judge(world, [.. policies, Write(head, Erring)]).Outcome == Outcome.Deny
            && AnswerOf(world, [.. policies, Write("permit ", Erring)]) == AnswerOf(world, policies))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(200));
    }

    [Fact]
    public async Task The_bundles_of_these_laws_reach_every_outcome()
    {
        using var world = await WorldAsync();
        var seen = Bundles.Generator.Sample(400).Select(policies => Judge(world, policies).Outcome).ToHashSet();
        Assert.Equal([.. Enum.GetValues<Outcome>().Order()], seen.Order());
    }

    private static string Write(string head, string condition) => $"{head}(principal, action, resource) {condition};";

    private static async Task<World> WorldAsync()
    {
        var world = await World.WithAsync("");
        await world.CallAsync("look");
        return world;
    }

    private static ActionRequest Request(World world, string[] policies, Arguments? arguments)
    {
        var request = world.RequestAsync("any").GetAwaiter().GetResult();
        var archive = World.Bundle(policies.Length == 0 ? "permit (principal, action, resource) when { false };" : string.Join('\n', policies));
        var state = request.Organization.Publish(new PublishedBundle("test", "1", archive.Digest.ToHex(), archive));
        Assert.Null(state.Policy.Snapshot.Fault);
        return request with { Organization = state, Tool = state.Tool(World.Desk, "any"), Arguments = arguments ?? World.Args("""{"region":"eu","n":7}""") };
    }

    private static Verdict Judge(World world, string[] policies)
    {
        var request = Request(world, policies, null);
        return request.Organization.Policy.Snapshot.Judge(request.Facts, request.Tool!, request.Arguments);
    }

    private static GateResult Ask(World world, string[] policies, Arguments? arguments = null) =>
        world.Governor.ExplainAsync(Request(world, policies, arguments)).AsTask().GetAwaiter().GetResult().Result;

    private static string AnswerOf(World world, string[] policies) => Ask(world, policies) switch
    {
        GateResult.Permitted permitted => $"permitted {permitted.EffectiveArguments.Digest} {permitted.Constraints}",
        GateResult.Denied denied => $"denied {denied.Code.Code}",
        var other => other.GetType().Name,
    };
}
