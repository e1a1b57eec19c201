using System.Collections.Immutable;
using Writ.Governance.Controls;
using Writ.Governance.Decisions;
using Writ.Governance.People;
using Writ.Governance.Policies;
using Writ.Governance.Policies.Lifecycle;
using Writ.Governance.Policies.Lifecycle.Canary;
using Writ.Governance.Policies.Publishing;
using Writ.Governance.Tests.Policies.Publishing;

namespace Writ.Governance.Tests.Policies.Lifecycle;

public sealed class CanaryTests
{
    private const string NoPay = World.PermitAll + "forbid (principal, action == Writ::Action::\"tool/desk/pay\", resource);\n";
    private const string Pay = """{"amount":1}""";

    private static CancellationToken End => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_canary_decides_for_its_agents_alone_and_the_record_names_the_snapshot_that_did()
    {
        using var world = await World.WithAsync(World.PermitAll);
        await StartAsync(world, NoPay, Terms(50));
        var (inside, outside) = await BothAsync(world);
        Assert.IsType<Decision.Denied>(await world.CallAsync("pay", Pay, key: inside));
        Assert.Equal(world.State.Candidates["test"].Policy.Snapshot.Digest.ToHex(), SnapshotOfLast(world));
        Assert.IsType<Decision.Permitted>(await world.CallAsync("pay", Pay, key: outside));
        Assert.Equal(world.State.Policy.Snapshot.Digest.ToHex(), SnapshotOfLast(world));

        using var next = await world.RestartAsync();
        Assert.Equal(BundleState.Canary, next.State.Candidates["test"].State);
        Assert.IsType<Decision.Denied>(await next.CallAsync("pay", Pay, key: inside));
        Assert.IsType<Decision.Permitted>(await next.CallAsync("pay", Pay, key: outside));
    }

    [Fact]
    public async Task An_explanation_is_of_the_policy_that_would_decide()
    {
        using var world = await World.WithAsync(World.PermitAll);
        await StartAsync(world, NoPay, Terms(50));
        var (inside, outside) = await BothAsync(world);
        Assert.IsType<GateResult.Denied>((await world.Governor.ExplainAsync(await world.RequestAsync("pay", Pay, key: inside))).Result);
        Assert.IsType<GateResult.Permitted>((await world.Governor.ExplainAsync(await world.RequestAsync("pay", Pay, key: outside))).Result);
        Assert.Equal(0, world.Trials.ReadCanary(world.State, world.State.Candidates["test"]).Canary.Decisions);
    }

    [Fact]
    public async Task Outside_its_band_Writ_withdraws_the_canary_and_the_record_says_why()
    {
        using var world = await World.WithAsync(World.PermitAll);
        await StartAsync(world, NoPay, Terms(50, minimum: 3));
        var (inside, outside) = await BothAsync(world);
        for (var call = 0; call < 2; call++)
        {
            await world.CallAsync("pay", Pay, key: inside);
            await world.CallAsync("pay", Pay, key: outside);
        }

        await world.CallAsync("pay", Pay, key: outside);
        await world.Trials.SettleAsync(End);
        Assert.NotNull(world.State.Canary);

        await world.CallAsync("pay", Pay, key: inside);
        await world.Trials.SettleAsync(End);
        Assert.Empty(world.State.Candidates);
        Assert.IsType<Decision.Permitted>(await world.CallAsync("pay", Pay, key: inside));
        var last = await LastControlAsync(world);
        Assert.Equal((null, Presence.Installation), (last.By.Person, last.By.Presence));
        Assert.Contains("DENY 100.0 % of 3 decisions, against 0.0 % of 3", Assert.IsType<BundleWithdrawn>(last.Action).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inside_its_band_a_canary_stays()
    {
        using var world = await World.WithAsync(World.PermitAll);
        await StartAsync(world, NoPay, Terms(50, minimum: 2, points: 100));
        var (inside, outside) = await BothAsync(world);
        for (var call = 0; call < 10; call++)
        {
            await world.CallAsync("pay", Pay, key: inside);
            await world.CallAsync("pay", Pay, key: outside);
        }

        await world.Trials.SettleAsync(End);
        var counts = world.Trials.ReadCanary(world.State, world.State.Canary!);
        Assert.Equal((10, 10), (counts.Canary.Of(Outcome.Deny), counts.Others.Of(Outcome.Allow)));
        Assert.Null(counts.Left);
    }

    [Fact]
    public async Task T79_where_its_end_cannot_be_recorded_what_holds_decides_for_everybody_until_it_is()
    {
        using var world = await World.WithAsync(World.PermitAll);
        await StartAsync(world, NoPay, Terms(50, minimum: 1));
        var (inside, outside) = await BothAsync(world);
        world.ControlLog.IsFull = true;
        await world.CallAsync("pay", Pay, key: outside);
        Assert.IsType<Decision.Denied>(await world.CallAsync("pay", Pay, key: inside));
        await world.Trials.SettleAsync(End);
        Assert.True(world.Trials.IsSuspended(world.State, world.State.Canary!));
        Assert.IsType<Decision.Permitted>(await world.CallAsync("pay", Pay, key: inside));
        await world.Trials.RecordWaitingAsync();
        Assert.NotNull(world.State.Canary);

        world.ControlLog.IsFull = false;
        await world.Trials.RecordWaitingAsync();
        Assert.Null(world.State.Canary);
        Assert.IsType<BundleWithdrawn>((await LastControlAsync(world)).Action);
    }

    [Fact]
    public async Task Promoting_a_canary_supersedes_what_held_and_a_rollback_leads_back()
    {
        using var world = await World.WithAsync(World.PermitAll);
        var first = world.State.Bundles["test"].Digest;
        await StartAsync(world, NoPay, Terms(50));
        var archive = world.State.Canary!.Bundle.Archive;
        await world.TakeAsync([.. BundlePublication.Plan(archive).Actions]);
        Assert.Empty(world.State.Candidates);
        Assert.Null(world.State.Canary);
        Assert.Equal([first, archive.Digest.ToHex()], world.State.BundleHistories["test"].Versions.Select(v => v.Bundle.Digest));
        Assert.IsType<Decision.Denied>(await world.CallAsync("pay", Pay));
        Assert.IsType<ControlOutcome.Done>(await TakeAsync(world, "sam", state => BundleRollback.Plan(state, "test", null, "x")));
        Assert.Equal(first, world.State.Bundles["test"].Digest);
        Assert.IsType<Decision.Permitted>(await world.CallAsync("pay", Pay));
    }

    [Fact]
    public async Task T17_an_approval_under_a_canary_is_good_for_its_snapshot_and_no_other()
    {
        const string ask = World.PermitAll + "@discharge(\"approval\") @approvers(\"person/sam\")\nforbid (principal, action == Writ::Action::\"tool/desk/pay\", resource);\n";
        using var world = await World.WithAsync(ask);
        await StartAsync(world, ask + "// another", Terms(50));
        var (inside, _) = await BothAsync(world);
        var held = Assert.IsType<Decision.Held>(await world.CallAsync("pay", Pay, key: inside));
        Assert.Null(await world.AnswerAsync("sam", held.Approval));
        await world.TakeAsync(new BundleWithdrawn("test", world.State.Canary!.Bundle.Digest, "a test"));
        Assert.NotEqual(held.Approval, Assert.IsType<Decision.Held>(await world.CallAsync("pay", Pay, key: inside)).Approval);
    }

    [Fact]
    public async Task Another_version_that_holds_ends_the_canary_and_it_is_in_shadow_again()
    {
        using var world = await World.WithAsync(World.PermitAll);
        await world.PublishAsync(World.PermitAll + "// second");
        await StartAsync(world, NoPay, Terms(50));
        Assert.IsType<ControlOutcome.Done>(await TakeAsync(world, "sam", state => BundleRollback.Plan(state, "test", null, "x")));
        Assert.Equal(BundleState.Shadow, world.State.Candidates["test"].State);
        Assert.Null(world.State.Canary);
        Assert.IsType<ControlOutcome.Invalid>(await CanaryAsync(world, Terms(50)));
    }

    [Fact]
    public async Task T12_a_canary_is_security_s_one_at_a_time_and_of_what_was_looked_at()
    {
        using var world = await World.WithAsync(World.PermitAll);
        Assert.IsType<ControlOutcome.Done>(await StageAsync(world, NoPay));
        Assert.IsType<ControlOutcome.Done>(await StageAsync(world, World.PermitAll, "other"));
        Assert.IsType<ControlOutcome.NotAllowed>(await CanaryAsync(world, Terms(50), person: "pat"));
        Assert.IsType<ControlOutcome.Invalid>(await CanaryAsync(world, Terms(50), digest: new string('0', 64)));
        Assert.IsType<ControlOutcome.Done>(await CanaryAsync(world, Terms(50)));
        Assert.IsType<ControlOutcome.Invalid>(await CanaryAsync(world, Terms(60)));
        Assert.IsType<ControlOutcome.Invalid>(await CanaryAsync(world, Terms(50), name: "other"));
    }

    [Fact]
    public async Task A_canary_that_is_looser_waits_for_a_second_person_and_one_that_tightens_does_not()
    {
        using var world = await World.WithAsync(NoPay);
        var holds = world.State.Bundles["test"].Digest;
        await StageAsync(world, World.PermitAll);
        var digest = world.State.Candidates["test"].Bundle.Digest;
        Assert.IsType<ControlOutcome.NotAllowed>(await world.TakeAsAsync("sam", new BundleCanaryStarted("test", digest, Terms(50))));
        var canaries = new CanaryPublication(world.Controls, world.Registry, world.Time);
        Assert.IsType<PublishOutcome.Refused>(await canaries.StartAsync(world.As("pat"), "test", digest, Terms(50), End));
        Assert.IsType<PublishOutcome.Proposed>(await canaries.StartAsync(world.As("sam"), "test", digest, Terms(50), End));
        Assert.Null(world.State.Canary);
        Assert.IsType<PublishOutcome.Unconfirmed>(await world.ConfirmAsync("sam", digest));
        var confirmed = Assert.IsType<PublishOutcome.Active>(await world.ConfirmAsync("ada", digest));
        Assert.NotNull(confirmed.Canary);
        Assert.Equal((digest, holds), (world.State.Canary!.Bundle.Digest, world.State.Bundles["test"].Digest));
        using var next = await world.RestartAsync();
        Assert.Equal(digest, next.State.Canary!.Bundle.Digest);

        await world.TakeAsync(new BundleWithdrawn("test", digest, "a test"));
        await StageAsync(world, "forbid (principal, action, resource);\n" + NoPay);
        var tight = Assert.IsType<PublishOutcome.Active>(await canaries.StartAsync(world.As("sam"), "test", world.State.Candidates["test"].Bundle.Digest, Terms(50), End));
        Assert.Equal(PublicationGround.NotLooser, tight.Ground);
    }

    [Theory]
    [InlineData(0, "DENY", 5, 50)]
    [InlineData(100, "DENY", 5, 50)]
    [InlineData(10, "deny", 5, 50)]
    [InlineData(10, "DENY", 101, 50)]
    [InlineData(10, "DENY", -1, 50)]
    [InlineData(10, "DENY", 5, 0)]
    public void Terms_that_mean_nothing_are_refused(int percent, string outcome, int points, int minimum)
    {
        Assert.Null(Terms(10).Problem);
        Assert.NotNull(new CanaryTerms(percent, CanaryUnit.Agents, ImmutableSortedDictionary<string, int>.Empty.Add(outcome, points), minimum).Problem);
        Assert.NotNull(new CanaryTerms(10, CanaryUnit.Agents, ImmutableSortedDictionary<string, int>.Empty).Problem);
    }

    [Fact]
    public void A_share_is_of_its_size_grows_with_its_percentage_and_is_another_for_every_version()
    {
        var ids = Enumerable.Range(0, 10_000).Select(n => new Guid(n, 0, 0, new byte[8])).ToArray();
        var places = ids.Select(id => CanaryShare.PlaceOf("a", CanaryUnit.Agents, id)).ToArray();
        Assert.InRange(places.Count(place => place < 10), 800, 1_200);
        Assert.All(places, place => Assert.InRange(place, 0, 99));
        Assert.Equal(places, ids.Select(id => CanaryShare.PlaceOf("a", CanaryUnit.Agents, id)));
        Assert.NotEqual(places, ids.Select(id => CanaryShare.PlaceOf("b", CanaryUnit.Agents, id)));
        Assert.NotEqual(places, ids.Select(id => CanaryShare.PlaceOf("a", CanaryUnit.Tasks, id)));
    }

    [Fact]
    public async Task A_rate_at_the_edge_of_the_band_is_inside_and_one_beyond_is_not_in_either_direction()
    {
        using var world = await World.WithAsync(World.PermitAll);
        await StartAsync(world, NoPay, Terms(50, minimum: 20, points: 5));
        foreach (var worse in new[] { true, false })
        {
            var trial = new CanaryTrial(world.State.Canary!, world.State.Policy.Snapshot.Digest);
            for (var n = 0; n < 19; n++)
            {
                Assert.Null(trial.Count(true, Outcome.Allow, default));
                Assert.Null(trial.Count(false, Outcome.Allow, default));
            }

            Assert.Null(trial.Count(!worse, Outcome.Allow, default));
            Assert.Null(trial.Count(worse, Outcome.Deny, default));
            Assert.NotNull(trial.Count(worse, Outcome.Deny, default));
            Assert.Null(trial.Count(worse, Outcome.Deny, default));
            Assert.NotNull(trial.Read().Left);
        }
    }

    private static CanaryTerms Terms(int percent, int minimum = 1_000, int points = 5) =>
        new(percent, CanaryUnit.Agents, ImmutableSortedDictionary<string, int>.Empty.Add("DENY", points), minimum);

    private static async Task StartAsync(World world, string policy, CanaryTerms terms)
    {
        Assert.IsType<ControlOutcome.Done>(await StageAsync(world, policy));
        Assert.IsType<ControlOutcome.Done>(await CanaryAsync(world, terms));
    }

    /// <summary>The keys of an agent in the share and of one outside.</summary>
    private static async Task<(string Inside, string Outside)> BothAsync(World world)
    {
        var found = new Dictionary<bool, string>();
        while (found.Count < 2)
        {
            var (agent, key) = await world.AddAgentAsync("desk/*");
            found.TryAdd(CanaryShare.PlaceOf(world.State.Canary!.Bundle.Digest, CanaryUnit.Agents, agent.Value) < world.State.Canary.Canary!.Percent, key);
        }

        return (found[true], found[false]);
    }

    private static Task<ControlOutcome> StageAsync(World world, string policy, string name = "test") =>
        TakeAsync(world, "sam", state => CandidatePlans.Stage(state, World.Bundle(policy, name: name)));

    private static Task<ControlOutcome> CanaryAsync(World world, CanaryTerms terms, string name = "test", string person = "sam", string? digest = null) =>
        TakeAsync(world, person, state => CandidatePlans.StartCanary(state, name, digest ?? state.Candidates[name].Bundle.Digest, terms, PublicationGround.NotLooser));

    private static Task<ControlOutcome> TakeAsync(World world, string person, Func<Registry.OrganizationState, ControlPlan> plan) =>
        world.Controls.TakeAsync(World.Organization, PersonId.Parse(person), Presence.BootstrapToken, state => plan(state!), End);

    private static async Task<ControlRecord> LastControlAsync(World world)
    {
        ControlRecord? last = null;
        await foreach (var stored in world.ControlLog.ReadAllAsync(End))
            last = ControlRecord.Read(stored.Bytes.Span);
        return last!;
    }

    private static string? SnapshotOfLast(World world) => world.DecisionLog.Of("decision").Last().GetProperty("snapshot").GetString();
}
