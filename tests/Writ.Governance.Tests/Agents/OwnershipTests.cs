using Writ.Governance.Agents;
using Writ.Governance.Controls;
using Writ.Governance.Decisions;
using Writ.Governance.People;
using Writ.Governance.Records;

namespace Writ.Governance.Tests.Agents;

public sealed class OwnershipTests
{
    private static readonly PersonId Ada = PersonId.Parse("ada");
    private static readonly PersonId Sam = PersonId.Parse("sam");
    private static readonly PersonId Pat = PersonId.Parse("pat");

    [Fact]
    public async Task An_agent_changes_hands_once_who_is_asked_accepts_and_stays_the_same_agent()
    {
        using var world = await World.WithAsync(World.PermitAll);
        var before = Agent(world);
        Assert.IsType<ControlOutcome.Done>(await world.TakeAsAsync("ada", Offer(world, Pat)));
        Assert.Equal((Ada, Pat), (Agent(world).Owner, Agent(world).Offer!.To));
        Assert.IsType<ControlOutcome.NotAllowed>(await world.TakeAsAsync("sam", new AgentTransferAccepted(world.Agent)));
        Assert.IsType<ControlOutcome.NotAllowed>(await world.TakeAsAsync("ada", new AgentTransferAccepted(world.Agent)));

        Assert.IsType<ControlOutcome.Done>(await world.TakeAsAsync("pat", new AgentTransferAccepted(world.Agent)));
        Assert.Equal(before with { Owner = Pat }, Agent(world));
        Assert.IsType<Decision.Permitted>(await world.CallAsync("look"));
        Assert.IsType<ControlOutcome.Invalid>(await world.TakeAsAsync("pat", new AgentTransferAccepted(world.Agent)));
        using var next = await world.RestartAsync();
        Assert.Equal(Pat, next.State.Agents[world.Agent].Owner);
    }

    [Fact]
    public async Task Only_the_owner_or_security_gives_an_agent_away()
    {
        using var world = await World.WithAsync("");
        await world.TakeAsync(new PersonAdded(PersonId.Parse("opal"), "Opal", [PersonCapability.Platform, PersonCapability.App, PersonCapability.Compliance]));
        foreach (var action in new ControlAction[] { Offer(world, PersonId.Parse("opal")), new AgentBackupOwnerChanged(world.Agent, "x", PersonId.Parse("opal")), new AgentOwnerPromoted(world.Agent, "x") })
            Assert.IsType<ControlOutcome.NotAllowed>(await world.TakeAsAsync("opal", action));
        Assert.IsType<ControlOutcome.Done>(await world.TakeAsAsync("sam", Offer(world, Pat)));
        Assert.IsType<ControlOutcome.NotAllowed>(await world.TakeAsAsync("opal", new AgentTransferEnded(world.Agent, "x")));
        Assert.IsType<ControlOutcome.Done>(await world.TakeAsAsync("pat", new AgentTransferEnded(world.Agent, "not mine")));
        Assert.Equal((Ada, null), (Agent(world).Owner, Agent(world).Offer));
        Assert.IsType<ControlOutcome.Invalid>(await world.TakeAsAsync("pat", new AgentTransferAccepted(world.Agent)));
    }

    [Fact]
    public async Task An_offer_ends_after_seven_days()
    {
        using var world = await World.WithAsync("");
        await world.TakeAsAsync("ada", Offer(world, Pat));
        world.Time.Advance(OwnershipOffer.Life);
        Assert.IsType<ControlOutcome.Invalid>(await world.TakeAsAsync("pat", new AgentTransferAccepted(world.Agent)));
        await world.TakeAsAsync("ada", Offer(world, Pat));
        world.Time.Advance(OwnershipOffer.Life - TimeSpan.FromTicks(1));
        Assert.IsType<ControlOutcome.Done>(await world.TakeAsAsync("pat", new AgentTransferAccepted(world.Agent)));
    }

    [Fact]
    public async Task A_backup_owner_who_takes_over_leaves_the_place_to_who_owned_it()
    {
        using var world = await World.WithAsync("");
        await world.TakeAsAsync("ada", new AgentBackupOwnerChanged(world.Agent, "x", Pat), Offer(world, Pat));
        await world.TakeAsAsync("pat", new AgentTransferAccepted(world.Agent));
        Assert.Equal((Pat, Ada), (Agent(world).Owner, Agent(world).BackupOwner));
        Assert.IsType<ControlOutcome.Invalid>(await world.TakeAsAsync("pat", new AgentBackupOwnerChanged(world.Agent, "x", Pat)));
        Assert.IsType<ControlOutcome.Invalid>(await world.TakeAsAsync("pat", new AgentBackupOwnerChanged(world.Agent, "x", PersonId.Parse("nobody"))));
    }

    [Fact]
    public async Task A_suspension_of_before_there_were_causes_reads_as_a_persons_wish()
    {
        using var world = await World.WithAsync("");
        var at = Timestamp.ToMicroseconds(world.Time.GetUtcNow());
        await world.ControlLog.AppendAsync(
            World.Organization,
            System.Text.Encoding.UTF8.GetBytes($$"""{"action":{"agent":"{{world.Agent}}","kind":"agent.lifecycle.changed","reason":"x","to":"suspended"},"at":{{at}},"by":{"person":"sam","presence":"stored-token","solo":false},"id":"018bcfe5-6800-7000-8000-000000000000","organization":"default","v":1}"""),
            default, RecordClass.Reserved);
        using var next = await world.RestartAsync();
        Assert.Equal(new Suspension(SuspensionCause.Manual, Sam, Timestamp.FromMicroseconds(at), "x"), next.State.Agents[world.Agent].Suspension);
    }

    private static Agent Agent(World world) => world.State.Agents[world.Agent];

    private static AgentTransferProposed Offer(World world, PersonId to) => new(world.Agent, to, "moved");
}
