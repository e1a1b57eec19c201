using Writ.Governance.Controls;
using Writ.Governance.Decisions;
using Writ.Governance.People;
using Writ.Governance.Policies;
using Writ.Governance.Policies.Lifecycle;
using Writ.Governance.Policies.Lifecycle.Shadow;

namespace Writ.Governance.Tests.Policies.Lifecycle;

public sealed class ShadowTests
{
    private const string NoPay = World.PermitAll + "forbid (principal, action == Writ::Action::\"tool/desk/pay\", resource);\n";
    private const string AskPay = World.PermitAll + """
        @discharge("approval") @approvers("person/sam")
        forbid (principal, action == Writ::Action::"tool/desk/pay", resource);
        """;

    private static CancellationToken End => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_candidate_is_evaluated_on_every_live_decision_and_decides_none()
    {
        using var world = await World.WithAsync(World.PermitAll);
        var holds = world.State.Policy.Snapshot.Digest;
        Assert.IsType<ControlOutcome.Done>(await StageAsync(world, NoPay));
        Assert.Equal(holds, world.State.Policy.Snapshot.Digest);

        var paid = Assert.IsType<Decision.Permitted>(await world.CallAsync("pay", """{"amount":1}"""));
        Assert.IsType<Decision.Permitted>(await world.CallAsync("look"));
        var counts = await CountsAsync(world);
        Assert.Equal((2, 1, 0, 0, 0), (counts.Compared, counts.Agreed, counts.Dropped, counts.Failed, counts.Elsewhere));
        var found = Assert.Single(counts.Disagreements);
        Assert.Equal((Outcome.Allow, Outcome.Deny, 1L, false), (found.Decided, found.Candidate, found.Count, found.IsLooser));
        var example = Assert.Single(found.Newest);
        Assert.Equal(paid.Id, example.Decision);
        Assert.Contains(example.Rules, rule => rule.StartsWith("test/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task T12_a_shadow_neither_switches_anything_off_nor_is_it_anybody_s_but_security_s()
    {
        using var world = await World.WithAsync(NoPay);
        Assert.IsType<ControlOutcome.NotAllowed>(await StageAsync(world, World.PermitAll, "pat"));
        Assert.Empty(world.State.Candidates);
        Assert.IsType<ControlOutcome.Done>(await StageAsync(world, World.PermitAll));
        Assert.IsType<Decision.Denied>(await world.CallAsync("pay", """{"amount":1}"""));
        Assert.True(Assert.Single((await CountsAsync(world)).Disagreements).IsLooser);
        Assert.IsType<ControlOutcome.NotAllowed>(await WithdrawAsync(world, "pat"));
        Assert.IsType<ControlOutcome.Done>(await WithdrawAsync(world));
        Assert.Empty(world.State.Candidates);
        Assert.IsType<ControlOutcome.Invalid>(await WithdrawAsync(world));
    }

    [Fact]
    public async Task After_a_restart_the_candidate_is_still_in_shadow_and_the_counts_begin_anew()
    {
        using var world = await World.WithAsync(World.PermitAll);
        await StageAsync(world, NoPay);
        await world.CallAsync("pay", """{"amount":1}""");
        Assert.Equal(1, (await CountsAsync(world)).Compared);
        using var next = await world.RestartAsync();
        var candidate = next.State.Candidates["test"];
        Assert.Equal((world.State.Candidates["test"].Bundle.Digest, world.State.Candidates["test"].Since), (candidate.Bundle.Digest, candidate.Since));
        Assert.Equal(ShadowCounts.None, await CountsAsync(next));
        await next.CallAsync("pay", """{"amount":1}""");
        Assert.Equal(1, (await CountsAsync(next)).Compared);
    }

    [Fact]
    public async Task An_approval_that_was_given_is_no_disagreement_with_a_policy_that_asks_for_it_too()
    {
        using var world = await World.WithAsync(AskPay);
        await StageAsync(world, AskPay + "// the same");
        var held = Assert.IsType<Decision.Held>(await world.CallAsync("pay", """{"amount":1}"""));
        Assert.Null(await world.AnswerAsync("sam", held.Approval));
        Assert.IsType<Decision.Permitted>(await world.CallAsync("pay", """{"amount":1}"""));
        var counts = await CountsAsync(world);
        Assert.Equal((2, 2), (counts.Compared, counts.Agreed));
    }

    [Fact]
    public async Task Other_approvers_for_the_same_outcome_are_a_disagreement()
    {
        using var world = await World.WithAsync(AskPay);
        await StageAsync(world, AskPay.Replace("person/sam", "person/ada", StringComparison.Ordinal));
        await world.CallAsync("pay", """{"amount":1}""");
        var found = Assert.Single((await CountsAsync(world)).Disagreements);
        Assert.Equal((Outcome.RequireApproval, Outcome.RequireApproval), (found.Decided, found.Candidate));
    }

    [Fact]
    public async Task A_rate_counts_for_the_candidate_what_the_candidate_would_have_permitted()
    {
        const string thrice = World.PermitAll + "@discharge(\"constraint\") @constraint(\"rate 3 per 1h by agent\")\nforbid (principal, action, resource);\n";
        using var world = await World.WithAsync(thrice);
        await StageAsync(world, thrice.Replace("rate 3", "rate 2", StringComparison.Ordinal));
        for (var call = 1; call <= 4; call++)
            await world.CallAsync("look");
        var counts = await CountsAsync(world);
        // The first two differ in the limit that they name, the third in being refused, and of the fourth both say no.
        Assert.Equal(1, counts.Agreed);
        Assert.Equal([(Outcome.AllowWithConstraints, Outcome.Deny, 1L), (Outcome.AllowWithConstraints, Outcome.AllowWithConstraints, 2L)],
            counts.Disagreements.Select(d => (d.Decided, d.Candidate, d.Count)));
        Assert.Equal(4, counts.Compared);
    }

    [Fact]
    public async Task What_policies_were_not_asked_about_is_counted_apart()
    {
        using var world = await World.WithAsync(World.PermitAll);
        await StageAsync(world, NoPay);
        await world.CallAsync("nothing");
        var counts = await CountsAsync(world);
        Assert.Equal((0, 1), (counts.Compared, counts.Elsewhere));
    }

    [Fact]
    public async Task Examples_are_the_newest_and_bounded()
    {
        using var world = await World.WithAsync(World.PermitAll);
        await StageAsync(world, NoPay);
        Decision last = null!;
        for (var call = 0; call < ShadowDisagreement.MaxExamples + 3; call++)
            last = await world.CallAsync("pay", """{"amount":1}""");
        var found = Assert.Single((await CountsAsync(world)).Disagreements);
        Assert.Equal((ShadowDisagreement.MaxExamples + 3L, ShadowDisagreement.MaxExamples), (found.Count, found.Newest.Length));
        Assert.Equal(last.Id, found.Newest[0].Decision);
    }

    [Fact]
    public async Task Counts_against_what_held_before_are_not_added_to_counts_against_what_holds()
    {
        using var world = await World.WithAsync(World.PermitAll);
        await StageAsync(world, NoPay);
        await world.CallAsync("pay", """{"amount":1}""");
        await world.PublishAsync("forbid (principal, action == Writ::Action::\"tool/desk/pay\", resource);", name: "other");
        Assert.Equal(ShadowCounts.None, await CountsAsync(world));
        await world.CallAsync("pay", """{"amount":1}""");
        var counts = await CountsAsync(world);
        Assert.Equal((1, 1), (counts.Compared, counts.Agreed));
    }

    [Fact]
    public async Task T14_a_candidate_is_never_replaced_unnoticed_and_so_many_are_tried_at_once()
    {
        using var world = await World.WithAsync(World.PermitAll);
        Assert.IsType<ControlOutcome.Invalid>(await StageAsync(world, World.PermitAll));
        await StageAsync(world, NoPay);
        Assert.IsType<ControlOutcome.Invalid>(await StageAsync(world, NoPay));
        Assert.IsType<ControlOutcome.Invalid>(await StageAsync(world, AskPay));
        for (var other = 1; other < BundleCandidate.MostAtOnce; other++)
            Assert.IsType<ControlOutcome.Done>(await StageAsync(world, World.PermitAll, name: $"other-{other}"));
        Assert.IsType<ControlOutcome.Invalid>(await StageAsync(world, World.PermitAll, name: "one-more"));
        Assert.IsType<ControlOutcome.Done>(await WithdrawAsync(world));
        Assert.IsType<ControlOutcome.Done>(await StageAsync(world, World.PermitAll, name: "one-more"));
    }

    [Fact]
    public async Task T14_a_candidate_over_a_version_that_no_longer_holds_is_outdated()
    {
        using var world = await World.WithAsync(World.PermitAll);
        await StageAsync(world, NoPay);
        var candidate = world.State.Candidates["test"];
        Assert.Null(CandidatePlans.Outdated(world.State, candidate, null));
        await world.PublishAsync(AskPay);
        Assert.NotNull(CandidatePlans.Outdated(world.State, world.State.Candidates["test"], null));
        Assert.Null(CandidatePlans.Outdated(world.State, world.State.Candidates["test"], world.State.Bundles["test"].Digest));
        await world.PublishAsync(NoPay);
        Assert.Empty(world.State.Candidates);
    }

    [Fact]
    public async Task A_candidate_that_fails_on_every_call_stands_in_nobody_s_way()
    {
        using var world = await World.WithAsync(World.PermitAll);
        await StageAsync(world, "permit (principal, action, resource) when { context.args.missing == 1 };");
        Assert.IsType<Decision.Permitted>(await world.CallAsync("look"));
        Assert.Equal((Outcome.Allow, Outcome.Deny), (Assert.Single((await CountsAsync(world)).Disagreements) is var d ? (d.Decided, d.Candidate) : default));
    }

    private static async Task<ShadowCounts> CountsAsync(World world)
    {
        await world.Trials.SettleAsync(End);
        return world.Trials.Read(world.State, world.State.Candidates["test"]);
    }

    private static Task<ControlOutcome> StageAsync(World world, string policy, string person = "sam", string name = "test") => world.Controls.TakeAsync(
        World.Organization, PersonId.Parse(person), Presence.BootstrapToken, state => CandidatePlans.Stage(state!, World.Bundle(policy, name: name)), End);

    private static Task<ControlOutcome> WithdrawAsync(World world, string person = "sam") => world.Controls.TakeAsync(
        World.Organization, PersonId.Parse(person), Presence.BootstrapToken, state => CandidatePlans.Withdraw(state!, "test", null, "a test"), End);
}
