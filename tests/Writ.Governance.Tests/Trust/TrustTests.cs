using Writ.Governance.Agents;
using Writ.Governance.Decisions;
using Writ.Governance.Trust;

namespace Writ.Governance.Tests.Trust;

/// <summary>The trust score: computed only from what Writ's own doors saw, the same from the log as it was live (T48).</summary>
public sealed class TrustTests
{
    private const string NoWiping = World.PermitAll + """
        @id("no-wiping")
        forbid (principal, action in Writ::Action::"effect/destroy", resource);
        @id("ask")
        @discharge("approval") @approvers("sam") @timeout("1h")
        forbid (principal, action in Writ::Action::"effect/money", resource);
        """;

    private const string Floor = """
        @id("lowest-trust-only-reads")
        forbid (principal, action in [Writ::Action::"effect/write", Writ::Action::"effect/destroy"], resource) when { principal.trust < 200 };
        """;

    [Fact]
    public async Task A_new_agent_stands_in_the_middle_and_so_does_one_that_does_nothing()
    {
        using var world = await World.WithAsync(NoWiping);
        Assert.Equal((500, TrustTier.Standard), (Of(world).Score, Of(world).Tier));
        await WorkAsync(world, "note", 50);
        var score = Of(world).Score;
        Assert.True(score > 500);
        // T48: an agent that idles for a year neither decays into a revocation nor is forgiven anything.
        world.Time.Advance(TimeSpan.FromDays(365));
        Assert.Equal(score, Of(world).Score);
    }

    [Fact]
    public async Task What_policies_forbid_counts_against_and_names_its_decisions()
    {
        using var world = await World.WithAsync(NoWiping);
        var refused = new List<Guid>();
        for (var call = 0; call < 10; call++)
        {
            refused.Add(Assert.IsType<Decision.Denied>(await world.CallAsync("wipe")).Id.Value);
            world.Time.Advance(TimeSpan.FromMilliseconds(1));
        }

        var vector = Of(world);
        Assert.Equal((250, 0, 10), (vector.Behaviour.Value, vector.Behaviour.For, vector.Behaviour.Against));
        Assert.Equal(refused[^TrustMeasure.MostEvidence..], vector.Behaviour.Evidence.Select(id => id.Value));
        Assert.Equal((250, TrustTier.Limited), (vector.Score, vector.Tier));
    }

    [Fact]
    public async Task Repeated_violations_reach_the_floor_and_what_the_floor_refuses_is_no_further_fault()
    {
        using var world = await World.WithAsync(NoWiping);
        await world.PublishAsync(Floor, name: "floor");
        Assert.IsType<Decision.Permitted>(await world.CallAsync("note", """{"text":"a"}"""));
        for (var call = 0; call < 16; call++)
            await world.CallAsync("wipe");
        Assert.Equal(TrustTier.Untrusted, Of(world).Tier);
        var against = Of(world).Behaviour.Against;
        for (var call = 0; call < 5; call++)
            Assert.IsType<Decision.Denied>(await world.CallAsync("note", """{"text":"a"}"""));
        Assert.Equal(against, Of(world).Behaviour.Against);
        // Reading stays, and is the way back: a few days of it.
        for (var day = 0; day < 60 && Of(world).Tier == TrustTier.Untrusted; day++)
        {
            world.Time.Advance(TimeSpan.FromDays(1));
            await WorkAsync(world, "look", 50);
        }

        Assert.IsType<Decision.Permitted>(await world.CallAsync("note", """{"text":"a"}"""));
    }

    [Fact]
    public async Task A_million_small_calls_wash_nothing_off()
    {
        using var world = await World.WithAsync(NoWiping);
        for (var call = 0; call < 10; call++)
            await world.CallAsync("wipe");
        await WorkAsync(world, "look", 50);
        var score = Of(world).Score;
        await WorkAsync(world, "look", 500);
        Assert.Equal(score, Of(world).Score);
    }

    [Fact]
    public async Task What_is_bad_is_forgotten_more_slowly_than_what_is_good()
    {
        using var world = await World.WithAsync(NoWiping);
        await WorkAsync(world, "look", 50); // five units for it
        await world.CallAsync("wipe"); // and four against
        var before = Of(world).Behaviour.Value;
        for (var day = 0; day < 30; day++)
        {
            world.Time.Advance(TimeSpan.FromDays(1));
            Assert.IsType<Decision.Permitted>(await world.CallAsync("note", """{"text":"a"}""")); // works that day, and nothing is settled for it
        }

        Assert.True(Of(world).Behaviour.Value < before, $"{Of(world).Behaviour.Value} {before}");
    }

    [Fact]
    public async Task People_who_refuse_count_against_it_and_limits_holds_and_kills_do_not()
    {
        using var world = await World.WithAsync(NoWiping);
        var held = Assert.IsType<Decision.Held>(await world.CallAsync("pay", """{"amount":5}"""));
        Assert.Equal(500, Of(world).Score);
        Assert.Null(await world.AnswerAsync("sam", held.Approval, approve: false));
        var vector = Of(world);
        Assert.Equal((454, 1, held.Id), (vector.Compliance.Value, vector.Compliance.Against, Assert.Single(vector.Compliance.Evidence)));
        Assert.Equal(454, vector.Score);
        Assert.IsType<Decision.Denied>(await world.CallAsync("pay", """{"amount":5}"""));
        Assert.Equal(454, Of(world).Score);
    }

    [Fact]
    public async Task A_key_that_anybody_can_use_and_a_missing_backup_owner_limit_what_conduct_can_earn()
    {
        var agent = World.Describe(AgentId.New(TimeProvider.System));
        Assert.Equal((600, 800, 900), (TrustVector.CeilingOf("low", agent), TrustVector.CeilingOf("substantial", agent), TrustVector.CeilingOf("high", agent)));
        Assert.Equal(1_000, TrustVector.CeilingOf("high", agent with { BackupOwner = People.PersonId.Parse("sam") }));
        Assert.Equal(600, TrustVector.CeilingOf("self-declared", agent));

        using var world = await World.WithAsync(NoWiping);
        for (var day = 0; day < 40; day++)
        {
            await WorkAsync(world, "look", 50);
            world.Time.Advance(TimeSpan.FromDays(1));
        }

        Assert.True(Of(world).Behaviour.Value > 800);
        Assert.Equal(600, Of(world).Score);
    }

    [Fact]
    public async Task Calls_side_by_side_around_midnight_come_to_the_score_that_the_log_comes_to()
    {
        using var world = await World.WithAsync(NoWiping);
        var random = new Random(7);
        for (var round = 0; round < 60; round++)
        {
            world.Time.Advance(TimeSpan.FromHours(random.Next(1, 30)));
            await Task.WhenAll(Enumerable.Range(0, random.Next(1, 12)).Select(call => Task.Run(async () =>
            {
                var tool = ((call + round) % 5) switch { 0 => "wipe", 1 => "nothing", 2 => "pay", _ => "look" };
                if (call == 3)
                    world.Time.Advance(TimeSpan.FromHours(13));
                switch (await world.CallAsync(tool, tool == "pay" ? "{\"amount\":" + ((round * 100) + call) + "}" : "{}"))
                {
                    case Decision.Permitted permitted:
                        await world.Settlement.SettleAsync(permitted.Dispatch, new EffectReport(call % 2 == 0 ? EffectStatus.Executed : EffectStatus.Failed, default));
                        break;
                    case Decision.Held held:
                        await world.AnswerAsync("sam", held.Approval, approve: call % 3 == 0);
                        break;
                }
            })));
        }

        // The restart also holds the law of fold snapshots against this history.
        using var next = await world.RestartAsync();
        var (live, folded) = (Of(world), Of(next));
        Assert.True(live.Behaviour is { For: > 20, Against: > 20 } && live.Compliance is { For: > 2, Against: > 2 } && live.Reliability is { For: > 10, Against: > 10 });
        Assert.Equal(Plain(live), Plain(folded));
        Assert.Equal(live.Score, next.Trust.Judge(next.State.Agents[next.Agent], "low").Trust);
    }

    [Fact]
    public async Task Policies_read_the_score_and_every_decision_names_it()
    {
        using var world = await World.WithAsync(World.PermitAll + """@id("trusted-only") forbid (principal, action in Writ::Action::"effect/destroy", resource) when { principal.trust < 450 };""");
        Assert.IsType<Decision.Permitted>(await world.CallAsync("wipe"));
        for (var call = 0; call < 6; call++)
            await world.CallAsync("nothing"); // not granted by any tool of that name
        Assert.IsType<Decision.Denied>(await world.CallAsync("wipe"));
        var trusted = world.DecisionLog.Records
            .Where(r => r.GetProperty("kind").ValueEquals("decision")).Select(r => r.GetProperty("trust").GetInt32()).ToArray();
        Assert.Equal((500, true), (trusted[0], trusted[^1] < 450));
    }

    private static TrustVector Of(World world) => world.Trust.Of(world.State.Agents[world.Agent], "low");

    private static string Plain(TrustVector v) => string.Join(' ', new object[] { v.Score, v.Identity, v.Exposure }.Concat(
        new[] { v.Behaviour, v.Compliance, v.Reliability }.Select(m => $"{m.Value} {m.For} {m.Against} {string.Join(',', m.Evidence)}")));

    private static async Task WorkAsync(World world, string tool, int calls)
    {
        for (var call = 0; call < calls; call++)
        {
            var permitted = Assert.IsType<Decision.Permitted>(await world.CallAsync(tool, tool == "note" ? """{"text":"a"}""" : "{}"));
            await world.Settlement.SettleAsync(permitted.Dispatch, new EffectReport(EffectStatus.Executed, default));
        }
    }
}
