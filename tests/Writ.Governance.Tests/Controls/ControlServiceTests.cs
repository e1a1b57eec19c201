using System.Text.Json;
using Writ.Governance.Agents;
using Writ.Governance.Controls;
using Writ.Governance.Decisions;
using Writ.Governance.Organizations;
using Writ.Governance.People;
using Writ.Governance.Policies;
using Writ.Governance.Policies.Publishing;
using Writ.Governance.Records;
using Writ.Governance.Tools;

namespace Writ.Governance.Tests.Controls;

public sealed class ControlServiceTests
{
    [Fact]
    public async Task A_replay_of_the_control_log_makes_the_same_registry()
    {
        using var world = await World.WithAsync(World.PermitAll);
        var (second, _) = await world.AddAgentAsync("desk/pay");
        await world.TakeAsync(new AgentLifecycleChanged(second, AgentLifecycle.Suspended, "x"), new AgentGrantsChanged(second, []));
        await world.TakeAsync(new ToolQuarantined(World.Desk, "wipe", "", "a person said so"));
        using var next = await world.RestartAsync();

        Assert.Equal(Picture(world), Picture(next));
        Assert.Equal(world.State.Policy.Snapshot.Digest, next.State.Policy.Snapshot.Digest);
    }

    [Theory]
    [InlineData("""{"action":{"kind":"agent.promoted"},"at":1,"by":{"presence":"installation","solo":false},"id":"018bcfe5-6800-7000-8000-000000000000","organization":"default","v":1}""")]
    [InlineData("""{"action":{"display_name":"x","kind":"organization.created"},"at":1,"by":{"presence":"installation","solo":false},"id":"018bcfe5-6800-7000-8000-000000000000","organization":"default","v":2}""")]
    [InlineData("""{"action":{"display_name":"x","kind":"organization.created"},"at":1,"by":{"presence":"installation","solo":false},"extra":1,"id":"018bcfe5-6800-7000-8000-000000000000","organization":"default","v":1}""")]
    [InlineData("""{"action":{"display_name":"x","kind":"organization.created"},"at":1,"by":{"presence":"installation","solo":false},"id":"018bcfe5-6800-7000-8000-000000000000","organization":"other","v":1}""")]
    public async Task A_start_refuses_a_record_it_does_not_understand_or_that_lies_in_another_log(string record)
    {
        using var world = await World.WithAsync("");
        var strange = new MemoryRecordLog { IsForeign = true };
        await strange.AppendAsync(World.Organization, System.Text.Encoding.UTF8.GetBytes(record), default, RecordClass.Reserved);
        using var service = new ControlService(new Governance.Registry.RegistryHolder(), strange, world.Time);
        await Assert.ThrowsAsync<InvalidDataException>(() => service.ReplayAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_restriction_is_in_force_although_the_ledger_takes_nothing_and_is_recorded_later()
    {
        using var world = await World.WithAsync(World.PermitAll);
        world.ControlLog.IsFull = true;
        Assert.IsType<ControlOutcome.InForceUnrecorded>(await world.TakeAsAsync("sam", Suspend(world)));
        Assert.Equal("WRIT3002", Code(await world.CallAsync("look")));
        Assert.False(await world.Controls.RecordWaitingAsync(CancellationToken.None));
        world.ControlLog.IsFull = false;
        Assert.True(await world.Controls.RecordWaitingAsync(CancellationToken.None));
        using var next = await world.RestartAsync();
        Assert.Equal(AgentLifecycle.Suspended, next.State.Agents[world.Agent].Lifecycle);
    }

    [Fact]
    public async Task T79_a_restriction_waits_for_no_disk_and_for_no_other_action()
    {
        using var world = await World.WithAsync(World.PermitAll);
        var disk = new TaskCompletionSource();
        world.ControlLog.Gate = disk.Task;
        var slow = world.TakeAsAsync("ada", new AgentGrantsChanged(world.Agent, [new Grant(World.Desk, "look")]));
        var suspension = world.TakeAsAsync("sam", Suspend(world));
        Assert.Equal("WRIT3002", Code(await world.CallAsync("look")));
        Assert.False(slow.IsCompleted);

        world.Time.Advance(ControlService.RestrictionWait);
        Assert.IsType<ControlOutcome.InForceUnrecorded>(await suspension);
        disk.SetResult();
        Assert.IsType<ControlOutcome.Done>(await slow);
        Assert.True(await world.Controls.RecordWaitingAsync(CancellationToken.None));
        Assert.Equal(AgentLifecycle.Suspended, world.State.Agents[world.Agent].Lifecycle);
        Assert.Single(world.State.Agents[world.Agent].Grants, new Grant(World.Desk, "look"));
        using var next = await world.RestartAsync();
        Assert.Equal(Picture(world), Picture(next));
    }

    [Fact]
    public async Task A_restriction_that_something_on_its_way_overtakes_is_not_recorded_and_the_next_start_reads_the_log()
    {
        using var world = await World.WithAsync("");
        var look = new Grant(World.Desk, "look");
        await world.TakeAsync(new AgentGrantsChanged(world.Agent, [look]), new AgentGrantsStaged(world.Agent, [look], [], "clean-up"));
        var gate = new TaskCompletionSource();
        world.ControlLog.Gate = gate.Task;
        var restored = world.TakeAsAsync("ada", new AgentGrantRestored(world.Agent, look, "needed"));
        var ended = world.Controls.TakeAsync(World.Organization, null, Presence.Installation, _ => ControlPlan.Take(new AgentGrantsEnded(world.Agent, [look])), TestContext.Current.CancellationToken);
        Assert.Empty(world.State.Agents[world.Agent].Grants);
        gate.SetResult();
        Assert.IsType<ControlOutcome.Done>(await restored);
        Assert.IsType<ControlOutcome.Invalid>(await ended);
        Assert.Equal([look], world.State.Agents[world.Agent].Grants);
        await world.TakeAsync(new AgentLifecycleChanged(world.Agent, AgentLifecycle.Suspended, "x"));
        using var next = await world.RestartAsync();
        Assert.Equal([look], next.State.Agents[world.Agent].Grants);
    }

    [Fact]
    public async Task Who_loses_the_right_while_the_disk_has_the_first_action_takes_no_second_one()
    {
        using var world = await World.WithAsync("");
        await world.TakeAsync(
            new PersonAdded(PersonId.Parse("kim"), "Kim", [PersonCapability.Security]), new PersonTokenIssued(PersonId.Parse("ada"), Guid.NewGuid().ToString("N"), new string('0', 64), Presence.StoredToken));
        var gate = new TaskCompletionSource();
        world.ControlLog.Gate = gate.Task;
        var (first, second) = (Organizations.TeamId.Parse("first"), Organizations.TeamId.Parse("second"));
        var made = world.TakeAsAsync("kim", new TeamCreated(first, "First"), new TeamCreated(second, "Second"));
        var left = world.TakeAsAsync("ada", new PersonLeft(PersonId.Parse("kim"), "let go"));
        Assert.False(world.State.People[PersonId.Parse("kim")].IsHere);
        gate.SetResult();
        Assert.IsType<ControlOutcome.NotAllowed>(await made);
        Assert.IsType<ControlOutcome.Done>(await left);
        Assert.Equal((true, false), (world.State.Teams.ContainsKey("first"), world.State.Teams.ContainsKey("second")));
    }

    [Fact]
    public async Task An_activation_that_was_on_its_way_does_not_undo_a_suspension_that_came_after_it()
    {
        using var world = await World.WithAsync(World.PermitAll);
        var disk = new TaskCompletionSource();
        world.ControlLog.Gate = disk.Task;
        var activation = world.TakeAsAsync("ada", new AgentLifecycleChanged(world.Agent, AgentLifecycle.Active, "x"));
        var suspension = world.TakeAsAsync("sam", Suspend(world));
        disk.SetResult();
        Assert.IsType<ControlOutcome.Done>(await activation);
        Assert.IsType<ControlOutcome.Done>(await suspension);
        Assert.Equal("WRIT3002", Code(await world.CallAsync("look")));
    }

    [Fact]
    public async Task Nothing_is_loosened_while_a_restriction_waits_for_its_record()
    {
        using var world = await World.WithAsync(World.PermitAll);
        world.ControlLog.Fault = record => record.GetProperty("action").GetProperty("kind").ValueEquals("agent.lifecycle.changed") ? new RecordReceipt(0, "full") : null;
        await world.TakeAsAsync("sam", Suspend(world));
        Assert.IsType<ControlOutcome.NotRecorded>(await world.TakeAsAsync("ada", new AgentGrantsChanged(world.Agent, [])));
        world.ControlLog.Fault = null;
        Assert.IsType<ControlOutcome.Done>(await world.TakeAsAsync("ada", new AgentGrantsChanged(world.Agent, [])));
        using var next = await world.RestartAsync();
        Assert.Equal(Picture(world), Picture(next));
    }

    [Fact]
    public async Task What_contradicts_the_registry_is_refused_before_it_is_recorded_so_that_the_next_start_can_read_the_log()
    {
        using var world = await World.WithAsync(World.PermitAll);
        await world.TakeAsync(new AgentLifecycleChanged(world.Agent, AgentLifecycle.Retired, "x"));
        var before = world.ControlLog.Records.Count;
        var stranger = AgentId.New(world.Time);
        var archive = World.Bundle(World.PermitAll);
        foreach (var action in new ControlAction[]
        {
            new OrganizationCreated("again"),
            new AgentGrantsChanged(stranger, []),
            new AgentLifecycleChanged(stranger, AgentLifecycle.Suspended, "x"),
            new AgentLifecycleChanged(world.Agent, AgentLifecycle.Active, "x"),
            new AgentLifecycleChanged(world.Agent, AgentLifecycle.Suspended, "x"),
            new AgentKeyIssued(stranger, "k", "00", world.Time.GetUtcNow()),
            new AgentKeyRevoked(world.Agent, "no-such-key", "x"),
            new AgentKeyRevoked(stranger, world.State.AgentKeys.Keys.Single(), "x"),
            new AgentKeyIssued(world.Agent, world.State.AgentKeys.Keys.Single(), "00", world.Time.GetUtcNow()),
            new PersonTokenIssued(PersonId.Parse("nobody"), "k", "00", Presence.BootstrapToken),
            new AgentRegistered(World.Describe(world.Agent)),
            new AgentRegistered(World.Describe(stranger) with { Organization = OrganizationId.Parse("other") }),
            new ServerRegistered(World.DeskServer() with { Organization = OrganizationId.Parse("other") }),
            new ToolQuarantined(ServerSlug.Parse("nowhere"), "t", "", "x"),
            new BundlePublished("test", "1", archive.Digest.ToHex()),
            new BundlePart(archive.Digest.ToHex(), 1, 2, ""),
            new BundlePart(archive.Digest.ToHex(), 0, 1, new string('A', 100_000)),
        })
            Assert.IsType<ControlOutcome.Invalid>(await world.Controls.TakeAsync(World.Organization, null, Presence.Installation, _ => ControlPlan.Take(action), CancellationToken.None));

        Assert.Equal(before, world.ControlLog.Records.Count);
        using var next = await world.RestartAsync();
    }

    [Fact]
    public async Task A_bundle_whose_parts_do_not_make_its_digest_is_refused()
    {
        using var world = await World.WithAsync(World.PermitAll);
        var plan = BundlePublication.Plan(World.Bundle(World.PermitAll + "// other"));
        var claimed = World.Bundle("forbid (principal, action, resource);").Digest.ToHex();
        var forged = plan.Actions.Select(a => a is BundlePart part ? part with { Digest = claimed } : (ControlAction)new BundlePublished("test", "1", claimed)).ToArray();
        var outcome = await world.Controls.TakeAsync(World.Organization, null, Presence.Installation, _ => ControlPlan.Take(forged), CancellationToken.None);
        Assert.Contains("digest", Assert.IsType<ControlOutcome.Invalid>(outcome).Cause, StringComparison.Ordinal);
        Assert.IsType<Decision.Permitted>(await world.CallAsync("look"));
    }

    [Fact]
    public async Task A_restriction_of_many_words_is_in_force_and_recorded_shortened()
    {
        using var world = await World.WithAsync(World.PermitAll);
        Assert.IsType<ControlOutcome.Done>(await world.TakeAsAsync("sam", new AgentLifecycleChanged(world.Agent, AgentLifecycle.Suspended, new string('x', 200_000))));
        Assert.Equal("WRIT3002", Code(await world.CallAsync("look")));
    }

    [Fact]
    public async Task T14_two_publishes_at_once_both_leave_a_record_and_the_last_in_the_log_holds()
    {
        using var world = await World.WithAsync("");
        ControlPlan Plan(string policy) => BundlePublication.Plan(World.Bundle(policy), PublicationGround.NotLooser);
        var publishes = Enumerable.Range(0, 20).Select(i => Task.Run(() => world.Controls.TakeAsync(
            World.Organization, PersonId.Parse("ada"), Presence.BootstrapToken, _ => Plan($"// {i}\n" + World.PermitAll), CancellationToken.None)));
        Assert.All(await Task.WhenAll(publishes), outcome => Assert.IsType<ControlOutcome.Done>(outcome));
        var digests = world.ControlLog.Records.Select(r => r.GetProperty("action")).Where(a => a.GetProperty("kind").ValueEquals("bundle.published")).Select(a => a.GetProperty("digest").GetString()).ToArray();
        Assert.Equal(20, digests.Distinct().Count());
        Assert.Equal(digests[^1], world.State.Bundles["test"].Digest);
    }

    [Fact]
    public async Task A_bundle_larger_than_a_record_comes_back_from_the_log_as_it_was()
    {
        using var world = await World.WithAsync("");
        var long_ = string.Concat(Enumerable.Range(0, 6_000).Select(i => $"// \"quoted\" <line> {i} äöü 😀\n")) + World.PermitAll;
        await world.PublishAsync(long_);
        Assert.True(world.ControlLog.Records.Count(r => r.GetProperty("action").GetProperty("kind").ValueEquals("bundle.part")) > 4);
        using var next = await world.RestartAsync();
        Assert.Equal(long_, next.State.Bundles["test"].Archive.Files[0].Text);
        Assert.IsType<Decision.Permitted>(await next.CallAsync("look"));
    }

    [Theory]
    [InlineData("sam", true)]
    [InlineData("pat", false)]
    public async Task A_bundle_is_published_by_security_alone(string person, bool may) =>
        await AssertMayAsync(person, may, [.. BundlePublication.Plan(World.Bundle(World.PermitAll), PublicationGround.NotLooser).Actions]);

    [Theory]
    [InlineData("sam", true)]
    [InlineData("pat", false)]
    [InlineData("nobody", false)]
    public async Task An_agent_is_suspended_by_security_and_platform(string person, bool may)
    {
        using var world = await World.WithAsync("");
        var outcome = await world.TakeAsAsync(person, Suspend(world));
        Assert.Equal(may, outcome is ControlOutcome.Done);
        Assert.Equal(may, world.State.Agents[world.Agent].Lifecycle == AgentLifecycle.Suspended);
    }

    [Fact]
    public async Task Who_may_register_an_agent_may_not_give_it_grants_on_the_way()
    {
        using var world = await World.WithAsync("");
        await world.TakeAsync(new PersonAdded(PersonId.Parse("pia"), "Pia", [PersonCapability.Platform]));
        var agent = World.Describe(AgentId.New(world.Time));
        Assert.IsType<ControlOutcome.NotAllowed>(await world.TakeAsAsync("pia", new AgentRegistered(agent with { Grants = [new Grant(World.Desk, Grant.EveryTool)] })));
        Assert.IsType<ControlOutcome.Done>(await world.TakeAsAsync("pia", new AgentRegistered(agent)));
    }

    [Theory]
    [InlineData("tool.admitted")]
    [InlineData("organization.created")]
    public async Task Some_actions_are_the_installations_alone(string kind) => await AssertMayAsync("ada", false, kind == "tool.admitted"
        ? new ToolAdmitted(World.Desk, "look", "00", World.Definitions[0])
        : new OrganizationCreated("x"));

    [Fact]
    public async Task An_agents_key_is_no_person_and_takes_no_control_action()
    {
        using var world = await World.WithAsync("");
        Assert.IsType<Governance.Credentials.Caller.AgentCaller>(world.Authenticator.Authenticate("Bearer " + world.Key));
        Assert.IsType<ControlOutcome.NotAllowed>(await world.TakeAsAsync("agent", new AgentGrantsChanged(world.Agent, [])));
        var asIfPerson = PersonId.Parse(world.Agent.ToString());
        Assert.IsType<ControlOutcome.NotAllowed>(await world.Controls.TakeAsync(
            World.Organization, asIfPerson, Presence.BootstrapToken, _ => ControlPlan.Take(new AgentGrantsChanged(world.Agent, [])), CancellationToken.None));
    }

    [Fact]
    public async Task Solo_mode_ends_for_good()
    {
        using var world = await World.WithAsync("");
        Assert.False(world.State.IsSolo());
        await world.TakeAsync(new PersonAdded(PersonId.Parse("sam"), "Sam", []));
        Assert.False(world.State.IsSolo());
        var alone = OrganizationId.Parse("alone");
        await world.Controls.TakeAsync(
            alone, null, Presence.Installation,
            _ => ControlPlan.Take(new OrganizationCreated("x"), new PersonAdded(PersonId.Parse("ada"), "Ada", [PersonCapability.Security])), CancellationToken.None);
        Assert.True(world.Registry.Current.Organizations[alone].IsSolo());
    }

    [Fact]
    public async Task T47_a_revoked_key_and_an_expired_one_are_refused_at_once()
    {
        using var world = await World.WithAsync("");
        var (agent, key) = await world.AddAgentAsync();
        Assert.NotNull(world.Authenticator.Authenticate("Bearer " + key));
        var id = world.State.AgentKeys.Values.Single(k => k.Agent == agent).KeyId;
        await world.TakeAsync(new AgentKeyRevoked(agent, id, "x"));
        Assert.Null(world.Authenticator.Authenticate("Bearer " + key));
        world.Time.Advance(Governance.Credentials.CredentialIssuer.KeyLife);
        Assert.Null(world.Authenticator.Authenticate("Bearer " + world.Key));
    }

    private static AgentLifecycleChanged Suspend(World world) => new(world.Agent, AgentLifecycle.Suspended, "it misbehaves");

    private static async Task AssertMayAsync(string person, bool may, params ControlAction[] actions)
    {
        using var world = await World.WithAsync("");
        var outcome = await world.TakeAsAsync(person, actions);
        Assert.Equal(may, outcome is ControlOutcome.Done);
        Assert.Equal(may, outcome is not ControlOutcome.NotAllowed);
    }

    private static string Code(Decision decision) => Assert.IsType<Decision.Denied>(decision).Refusal.Reason.Code;

    private static string Picture(World world)
    {
        var state = world.State;
        var servers = state.ServersBySlug.Values.Select(s => new { Server = s, Tools = s.Tools.Values.Select(t => $"{t.Name} {t.Definition?.Digest} {t.Obstacle}").ToArray() });
        return JsonSerializer.Serialize(
            new
            {
                People = state.People.Values.OrderBy(p => p.Id.ToString()),
                Agents = state.Agents.Values.OrderBy(a => a.Id.Value),
                Keys = state.AgentKeys.Values.OrderBy(k => k.KeyId),
                Servers = servers,
                state.Bundles,
                state.SoloEnded,
            },
            StrictJson.Options);
    }
}
