using System.Collections.Immutable;
using Writ.Governance.Agents;
using Writ.Governance.Controls;
using Writ.Governance.Decisions;
using Writ.Governance.People;
using Writ.Governance.Tools;
using Writ.Identity.Tokens;

namespace Writ.Governance.Tests.Agents;

public sealed class ActivationGuardsTests
{
    private static readonly Grant Look = new(World.Desk, "look");

    [Fact]
    public async Task An_agent_of_production_that_lacks_everything_is_told_all_of_it_at_once()
    {
        using var world = await World.WithAsync("");
        var bare = Complete(world) with { BackupOwner = null, Grants = [new Grant(World.Desk, Grant.EveryTool)], TaskCeiling = null, Model = Agent.UnstatedModel };
        Assert.Equal(["backup_owner", "grants", "task_ceiling", "credential", "version"], Unmet(await world.TakeAsAsync("ada", new AgentRegistered(bare))));
        Assert.DoesNotContain(bare.Id, world.State.Agents.Keys);
    }

    public static readonly TheoryData<string, Func<Agent, Agent>> Lacks = new()
    {
        { "owner", agent => agent with { Owner = PersonId.Parse("gone") } },
        { "backup_owner", agent => agent with { BackupOwner = null } },
        { "backup_owner", agent => agent with { BackupOwner = agent.Owner } },
        { "backup_owner", agent => agent with { BackupOwner = PersonId.Parse("gone") } },
        { "grants", agent => agent with { Grants = [] } },
        { "grants", agent => agent with { Grants = [Look, new Grant(World.Desk, Grant.EveryTool)] } },
        { "task_ceiling", agent => agent with { TaskCeiling = null } },
        { "version", agent => agent with { Model = Agent.UnstatedModel } },
    };

    [Theory, MemberData(nameof(Lacks))]
    public async Task Each_guard_alone_keeps_an_agent_from_acting_in_production_at_registration_and_later(string lacks, Func<Agent, Agent> without)
    {
        using var world = await World.WithAsync("");
        Assert.Equal([lacks], Unmet(await RegisterAsync(world, without(Complete(world)))));
        var draft = without(Complete(world)) with { Lifecycle = AgentLifecycle.Draft };
        Assert.IsType<ControlOutcome.Done>(await RegisterAsync(world, draft));
        Assert.Equal([lacks], Unmet(await world.TakeAsAsync("ada", new AgentLifecycleChanged(draft.Id, AgentLifecycle.Active, "x"))));
        Assert.Equal(AgentLifecycle.Draft, world.State.Agents[draft.Id].Lifecycle);
    }

    [Fact]
    public async Task With_everything_it_acts_and_elsewhere_than_in_production_an_owner_is_enough()
    {
        using var world = await World.WithAsync("");
        Assert.IsType<ControlOutcome.Done>(await RegisterAsync(world, Complete(world)));
        Assert.IsType<ControlOutcome.Done>(await world.TakeAsAsync("ada", new AgentRegistered(World.Describe(AgentId.New(world.Time)) with { Name = "other" })));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public async Task A_key_that_does_not_work_any_more_is_no_key(bool revoked, bool issued)
    {
        using var world = await World.WithAsync("");
        var draft = Complete(world) with { Lifecycle = AgentLifecycle.Draft };
        await world.TakeAsync(new AgentRegistered(draft));
        if (issued)
            await world.TakeAsync(new AgentKeyIssued(draft.Id, "k", "00", world.Time.GetUtcNow() + TimeSpan.FromDays(90)));
        if (revoked)
            await world.TakeAsync(new AgentKeyRevoked(draft.Id, "k", "x"));
        Assert.Equal(["credential"], Unmet(await world.TakeAsAsync("ada", new AgentLifecycleChanged(draft.Id, AgentLifecycle.Active, "x"))));

        await world.TakeAsync(new AgentKeyIssued(draft.Id, "k2", "00", world.Time.GetUtcNow() + TimeSpan.FromDays(1)));
        world.Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(["credential"], Unmet(await world.TakeAsAsync("ada", new AgentLifecycleChanged(draft.Id, AgentLifecycle.Active, "x"))));
    }

    [Fact]
    public async Task What_an_agent_of_production_needs_is_not_taken_away_while_it_acts()
    {
        using var world = await World.WithAsync("");
        var agent = Complete(world);
        await RegisterAsync(world, agent);
        Assert.Equal(["grants"], Unmet(await world.TakeAsAsync("ada", new AgentGrantsChanged(agent.Id, [Look, new Grant(World.Desk, Grant.EveryTool)]))));
        Assert.Equal(["backup_owner"], Unmet(await world.TakeAsAsync("ada", new AgentBackupOwnerChanged(agent.Id, "x"))));
        Assert.Equal(["task_ceiling"], Unmet(await world.TakeAsAsync("ada", new AgentCeilingChanged(agent.Id, new TaskCeiling(NanoUsd: 1), "x"))));
        Assert.IsType<ControlOutcome.Done>(await world.TakeAsAsync("ada", new AgentCeilingChanged(agent.Id, new TaskCeiling(5, 1), "x")));
        Assert.IsType<ControlOutcome.Done>(await world.TakeAsAsync("ada", new AgentGrantsChanged(agent.Id, [])));
        await world.TakeAsAsync("ada", new AgentLifecycleChanged(agent.Id, AgentLifecycle.Suspended, "x"));
        Assert.IsType<ControlOutcome.Done>(await world.TakeAsAsync("ada", new AgentBackupOwnerChanged(agent.Id, "x")));
    }

    [Fact]
    public async Task An_agent_that_was_active_before_the_guards_can_still_be_given_less()
    {
        using var world = await World.WithAsync("");
        var wide = Complete(world) with { Grants = [Look, new Grant(World.Desk, Grant.EveryTool)], BackupOwner = null };
        await world.TakeAsync(new AgentRegistered(wide));
        Assert.IsType<ControlOutcome.Done>(await world.TakeAsAsync("ada", new AgentGrantsChanged(wide.Id, [new Grant(World.Desk, Grant.EveryTool)])));
        Assert.IsType<ControlOutcome.Done>(await world.TakeAsAsync("ada", new AgentGrantsChanged(wide.Id, [Look])));
    }

    [Theory]
    [InlineData(SuspensionCause.Kill)]
    [InlineData(SuspensionCause.Quarantine)]
    public async Task T18_who_stopped_an_agent_for_harm_does_not_let_it_go_on_even_after_stopping_it_again(SuspensionCause cause)
    {
        using var world = await World.WithAsync(World.PermitAll);
        await world.TakeAsync(new PersonAdded(PersonId.Parse("opal"), "Opal", [PersonCapability.Platform]));
        await world.TakeAsAsync("ada", Suspend(world, cause));
        await world.TakeAsAsync("ada", Suspend(world, SuspensionCause.Manual));
        Assert.Equal((cause, "ada"), (world.State.Agents[world.Agent].Suspension!.Cause, world.State.Agents[world.Agent].Suspension!.By.ToString()));
        Assert.Contains("another person", Assert.IsType<ControlOutcome.Invalid>(await world.TakeAsAsync("ada", Activate(world))).Cause, StringComparison.Ordinal);
        Assert.IsType<Decision.Denied>(await world.CallAsync("look"));

        Assert.IsType<ControlOutcome.Done>(await world.TakeAsAsync("opal", Activate(world)));
        Assert.Null(world.State.Agents[world.Agent].Suspension);
        Assert.IsType<Decision.Permitted>(await world.CallAsync("look"));
        await world.TakeAsAsync("ada", Suspend(world, SuspensionCause.Manual));
        Assert.IsType<ControlOutcome.Done>(await world.TakeAsAsync("ada", Activate(world)));
    }

    [Fact]
    public async Task T18_nor_does_somebody_whom_that_person_made_lately()
    {
        using var world = await World.WithAsync("");
        Assert.IsType<ControlOutcome.Done>(await world.TakeAsAsync("ada", new PersonAdded(PersonId.Parse("opal"), "Opal", [PersonCapability.Platform])));
        await world.TakeAsAsync("ada", Suspend(world, SuspensionCause.Kill));
        Assert.IsType<ControlOutcome.Invalid>(await world.TakeAsAsync("opal", Activate(world)));
        world.Time.Advance(TimeSpan.FromDays(31));
        Assert.IsType<ControlOutcome.Done>(await world.TakeAsAsync("opal", Activate(world)));
    }

    [Fact]
    public async Task Alone_one_person_stands_for_two_and_the_record_says_so()
    {
        using var world = await World.SoloAsync();
        await world.TakeAsAsync("ada", Suspend(world, SuspensionCause.Kill));
        var done = Assert.IsType<ControlOutcome.Done>(await world.TakeAsAsync("ada", Activate(world)));
        Assert.True(Assert.Single(done.Records).By.Solo);
    }

    [Fact]
    public async Task Who_retires_loses_keys_and_grants_for_good_and_leaves_its_name_taken()
    {
        using var world = await World.WithAsync(World.PermitAll);
        Assert.IsType<ControlOutcome.Done>(await world.TakeAsAsync("sam", new AgentLifecycleChanged(world.Agent, AgentLifecycle.Retired, "x")));
        Assert.Null(world.Authenticator.Authenticate("Bearer " + world.Key));
        Assert.Empty(world.State.Agents[world.Agent].Grants);
        Assert.All(world.State.AgentKeys.Values, key => Assert.True(key.Revoked));
        Assert.True(Governance.Registry.AgentQuestions.HasAgentNamed(world.State, "agent"));
        var key = world.Issuer.Issue(TokenKind.AgentKey);
        foreach (var action in new ControlAction[]
        {
            Activate(world), Suspend(world, SuspensionCause.Manual), new AgentGrantsChanged(world.Agent, [Look]), new AgentCeilingChanged(world.Agent, new TaskCeiling(1), "x"),
            new AgentKeyIssued(world.Agent, key.KeyId, key.SecretHash, key.ExpiresAt), new AgentTransferProposed(world.Agent, PersonId.Parse("sam"), "x"),
        })
            Assert.IsNotType<ControlOutcome.Done>(await world.TakeAsAsync("ada", action));
        using var next = await world.RestartAsync();
        Assert.Null(next.Authenticator.Authenticate("Bearer " + world.Key));
    }

    private static async Task<ControlOutcome> RegisterAsync(World world, Agent agent)
    {
        var key = world.Issuer.Issue(TokenKind.AgentKey);
        return await world.TakeAsAsync("ada", new AgentRegistered(agent), new AgentKeyIssued(agent.Id, key.KeyId, key.SecretHash, key.ExpiresAt));
    }

    private static Agent Complete(World world) => World.Describe(AgentId.New(world.Time)) with
    {
        Name = Guid.NewGuid().ToString("N"), Environment = "production", BackupOwner = PersonId.Parse("sam"), Grants = [Look], TaskCeiling = new TaskCeiling(10), Model = "m-2026-10-01",
    };

    private static AgentLifecycleChanged Suspend(World world, SuspensionCause cause) => new(world.Agent, AgentLifecycle.Suspended, "x", cause);

    private static AgentLifecycleChanged Activate(World world) => new(world.Agent, AgentLifecycle.Active, "x");

    private static IEnumerable<string> Unmet(ControlOutcome outcome) => Assert.IsType<ControlOutcome.NotReady>(outcome).Unmet.Select(text => text[..text.IndexOf(':', StringComparison.Ordinal)]);
}
