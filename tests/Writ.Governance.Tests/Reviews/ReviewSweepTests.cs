using Writ.Governance.Agents;
using Writ.Governance.Cards;
using Writ.Governance.Controls;
using Writ.Governance.Decisions;
using Writ.Governance.People;
using Writ.Governance.Reviews;

namespace Writ.Governance.Tests.Reviews;

public sealed class ReviewSweepTests
{
    [Fact]
    public async Task A_review_that_is_overdue_is_noticed_first_and_suspends_after_the_grace()
    {
        using var world = await World.WithAsync(World.PermitAll);
        var sweep = new ReviewSweep(world.Controls, world.Registry, world.Time);
        world.Time.Advance(TimeSpan.FromDays(30) - TimeSpan.FromSeconds(1));
        await sweep.SweepAsync(CancellationToken.None);
        Assert.Empty(world.State.Agents[world.Agent].ReviewNotices);
        world.Time.Advance(TimeSpan.FromSeconds(1));
        await sweep.SweepAsync(CancellationToken.None);
        var count = world.ControlLog.Records.Count;
        await sweep.SweepAsync(CancellationToken.None);
        Assert.Equal(count, world.ControlLog.Records.Count); // it is said once
        var notice = Assert.Single(world.State.Agents[world.Agent].ReviewNotices);
        Assert.Equal((ReviewKind.Permissions, world.Time.GetUtcNow().AddDays(ReviewSchedule.DefaultGraceDays)), (notice.Key, notice.Value.SuspendsAt));
        Assert.IsType<Decision.Permitted>(await world.CallAsync("look"));

        world.Time.Advance(TimeSpan.FromDays(ReviewSchedule.DefaultGraceDays) - TimeSpan.FromSeconds(1));
        await sweep.SweepAsync(CancellationToken.None);
        Assert.Equal(AgentLifecycle.Active, world.State.Agents[world.Agent].Lifecycle);
        world.Time.Advance(TimeSpan.FromSeconds(1));
        await sweep.SweepAsync(CancellationToken.None);
        var agent = world.State.Agents[world.Agent];
        Assert.Equal((AgentLifecycle.Suspended, SuspensionCause.OverdueReview, null), (agent.Lifecycle, agent.Suspension!.Cause, agent.Suspension.By?.ToString()));
        Assert.Equal("WRIT3002", Assert.IsType<Decision.Denied>(await world.CallAsync("look")).Refusal.Reason.Code);

        using var next = await world.RestartAsync();
        var lacking = Assert.IsType<ControlOutcome.NotReady>(await next.TakeAsAsync("ada", new AgentLifecycleChanged(next.Agent, AgentLifecycle.Active, "x")));
        Assert.Contains(lacking.Unmet, unmet => unmet.StartsWith("reviews: permissions", StringComparison.Ordinal));
        Assert.IsType<ControlOutcome.Done>(await AttestAsync(next, "ada", ReviewKind.Permissions));
        Assert.IsType<ControlOutcome.Done>(await next.TakeAsAsync("ada", new AgentLifecycleChanged(next.Agent, AgentLifecycle.Active, "x")));
        await new ReviewSweep(next.Controls, next.Registry, next.Time).SweepAsync(CancellationToken.None);
        Assert.IsType<Decision.Permitted>(await next.CallAsync("look"));
    }

    [Fact]
    public async Task An_attestation_moves_its_own_date_alone_and_takes_the_notice_away()
    {
        using var world = await World.WithAsync(World.PermitAll);
        var sweep = new ReviewSweep(world.Controls, world.Registry, world.Time);
        world.Time.Advance(TimeSpan.FromDays(90));
        await sweep.SweepAsync(CancellationToken.None);
        Assert.Equal(3, world.State.Agents[world.Agent].ReviewNotices.Count);
        Assert.IsType<ControlOutcome.Done>(await AttestAsync(world, "ada", ReviewKind.Tools));
        var agent = world.State.Agents[world.Agent];
        Assert.Equal([ReviewKind.Permissions, ReviewKind.Instructions], agent.ReviewNotices.Keys.Order());
        Assert.Equal(world.Time.GetUtcNow().AddDays(90), ReviewSchedule.DueAt(agent, ReviewKind.Tools));
    }

    [Fact]
    public async Task What_is_attested_is_named_by_a_digest_that_changes_with_it()
    {
        using var world = await World.WithAsync(World.PermitAll);
        string[] Digests() => [.. ReviewSchedule.Kinds.Select(kind => ReviewSubject.DigestOf(world.State, world.State.Agents[world.Agent], kind))];
        var before = Digests();
        Assert.Equal(3, before.Distinct().Count());
        await world.TakeAsync(new AgentGrantsChanged(world.Agent, [new Grant(World.Desk, "look")]));
        var granted = Digests();
        Assert.Equal([false, true, false], granted.Zip(before, (a, b) => a == b)); // fewer tools, whose descriptions are fewer
        await world.TakeAsync(new AgentVersionRegistered(world.Agent, new AgentVersion { Name = "2", PromptHash = new string('a', 64) }), new AgentVersionDeployed(world.Agent, "2", "x"));
        Assert.Equal([true, false, true], Digests().Zip(granted, (a, b) => a == b));
    }

    [Fact]
    public async Task No_two_things_that_differ_in_a_field_are_attested_by_one_digest()
    {
        using var world = await World.WithAsync("");
        var agent = world.State.Agents[world.Agent];
        var version = new AgentVersion { Name = agent.Version };
        Agent[] different =
        [
            Of(version), Of(version with { Provider = "p" }),
            Of(version with { Parameters = AgentOrigin.NoClaims.Add("a b", "c") }), Of(version with { Parameters = AgentOrigin.NoClaims.Add("a", "b c") }),
            Saying(new AgentCard("x")), Saying(new AgentCard("x") { Interfaces = [new AgentInterface("https://a.example", "JSONRPC")] }),
            Saying(new AgentCard("x") { Interfaces = [new AgentInterface("https://b.example", "JSONRPC")] }),
            Saying(new AgentCard("x") { Skills = [new AgentSkill("s", "a b", "c")] }), Saying(new AgentCard("x") { Skills = [new AgentSkill("s", "a", "b c")] }),
        ];
        Assert.Equal(different.Length, different.Select(one => ReviewSubject.DigestOf(world.State, one, ReviewKind.Instructions)).Distinct().Count());

        Agent Of(AgentVersion deployed) => agent with { Versions = agent.Versions.SetItem(agent.Version, deployed) };
        Agent Saying(AgentCard card) => Of(version) with { Card = card };
    }

    [Fact]
    public async Task Owners_compliance_and_security_attest_and_only_Writ_says_that_something_is_overdue()
    {
        using var world = await World.WithAsync(World.PermitAll);
        await world.TakeAsync(new PersonAdded(PersonId.Parse("cor"), "Cor", [PersonCapability.Compliance]), new PersonAdded(PersonId.Parse("pia"), "Pia", [PersonCapability.Platform]));
        foreach (var (person, may) in new[] { ("ada", true), ("sam", true), ("cor", true), ("pia", false), ("pat", false) })
            Assert.Equal(may, await AttestAsync(world, person, ReviewKind.Permissions) is ControlOutcome.Done);
        world.Time.Advance(TimeSpan.FromDays(31));
        var overdue = new AgentReviewOverdue(world.Agent, ReviewKind.Permissions, world.Time.GetUtcNow(), world.Time.GetUtcNow().AddDays(1));
        Assert.IsType<ControlOutcome.NotAllowed>(await world.TakeAsAsync("ada", overdue));
        foreach (var wrong in new[] { overdue with { SuspendsAt = world.Time.GetUtcNow().AddDays(91) }, overdue with { Review = ReviewKind.Tools } })
            Assert.IsType<ControlOutcome.Invalid>(await world.Controls.TakeAsync(World.Organization, null, Presence.Installation, _ => ControlPlan.Take(wrong), CancellationToken.None));
    }

    [Fact]
    public async Task Security_sets_the_grace_and_a_notice_keeps_its_date()
    {
        using var world = await World.WithAsync(World.PermitAll);
        var sweep = new ReviewSweep(world.Controls, world.Registry, world.Time);
        Assert.IsType<ControlOutcome.NotAllowed>(await world.TakeAsAsync("pat", new ReviewGraceChanged(1, "x")));
        Assert.IsType<ControlOutcome.Invalid>(await world.TakeAsAsync("sam", new ReviewGraceChanged(91, "x")));
        Assert.IsType<ControlOutcome.Done>(await world.TakeAsAsync("sam", new ReviewGraceChanged(2, "x")));
        world.Time.Advance(TimeSpan.FromDays(30));
        await sweep.SweepAsync(CancellationToken.None);
        Assert.IsType<ControlOutcome.Done>(await world.TakeAsAsync("sam", new ReviewGraceChanged(90, "x")));
        world.Time.Advance(TimeSpan.FromDays(2));
        await sweep.SweepAsync(CancellationToken.None);
        Assert.Equal(AgentLifecycle.Suspended, world.State.Agents[world.Agent].Lifecycle);
    }

    [Fact]
    public async Task A_draft_is_reviewed_from_when_it_first_acts()
    {
        using var world = await World.WithAsync(World.PermitAll);
        var id = AgentId.New(world.Time);
        await world.TakeAsync(new AgentRegistered(World.Describe(id) with { Lifecycle = AgentLifecycle.Draft }));
        world.Time.Advance(TimeSpan.FromDays(400));
        Assert.Null(ReviewSchedule.DueAt(world.State.Agents[id], ReviewKind.Permissions));
        await world.TakeAsync(new AgentLifecycleChanged(id, AgentLifecycle.Active, "x"));
        Assert.Equal(world.Time.GetUtcNow().AddDays(30), ReviewSchedule.DueAt(world.State.Agents[id], ReviewKind.Permissions));
    }

    private static Task<ControlOutcome> AttestAsync(World world, string person, ReviewKind kind) =>
        world.TakeAsAsync(person, new AgentReviewed(world.Agent, kind, "fine", ReviewSubject.DigestOf(world.State, world.State.Agents[world.Agent], kind)));
}
