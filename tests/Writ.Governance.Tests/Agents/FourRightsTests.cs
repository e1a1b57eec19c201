using Writ.Governance.Agents;
using Writ.Governance.Controls;
using Writ.Governance.People;

namespace Writ.Governance.Tests.Agents;

/// <summary>Discover, invoke, operate and clone are four rights: each person here has one of them and not the others, but for what lies in finding it.</summary>
public sealed class FourRightsTests
{
    [Theory]
    [InlineData("nobody", "")]
    [InlineData("finder", "discover")]
    [InlineData("asker", "discover invoke")]
    [InlineData("cloner", "discover clone")]
    [InlineData("operator", "discover operate")]
    [InlineData("guard", "discover operate")]
    [InlineData("auditor", "discover")]
    [InlineData("mate", "discover invoke")]
    [InlineData("owner", "discover invoke clone")]
    public async Task Each_right_is_had_without_the_others(string person, string rights)
    {
        using var world = await World.WithAsync(World.PermitAll);
        foreach (var (name, capability) in new[]
        {
            ("nobody", PersonCapability.App), ("finder", PersonCapability.App), ("asker", PersonCapability.App), ("cloner", PersonCapability.App), ("operator", PersonCapability.Platform),
            ("guard", PersonCapability.Security), ("auditor", PersonCapability.Compliance), ("mate", PersonCapability.App), ("owner", PersonCapability.App),
        })
            await world.TakeAsync(new PersonAdded(PersonId.Parse(name), name, [capability]));
        await world.TakeAsync(new AgentTransferProposed(world.Agent, PersonId.Parse("owner"), "x"));
        Assert.IsType<ControlOutcome.Done>(await world.TakeAsAsync("owner", new AgentTransferAccepted(world.Agent)));
        var team = Organizations.TeamId.Parse("team");
        await world.TakeAsync(new TeamCreated(team, "Team"), new TeamJoined(team, PersonId.Parse("mate")));
        Assert.IsType<ControlOutcome.Done>(await world.TakeAsAsync("owner", new AgentVisibilityChanged(world.Agent, AgentVisibility.Team, "x")));
        foreach (var (name, right) in new (string, AgentRight?)[] { ("asker", null), ("cloner", AgentRight.Clone) })
        {
            var consent = Guid.CreateVersion7(world.Time.GetUtcNow());
            Assert.IsType<ControlOutcome.Done>(await world.TakeAsAsync(
                "owner", new AgentConsentOffered(world.Agent, consent, InvokeParty.Parse("person/" + name), world.Time.GetUtcNow().AddDays(1), "x") { Right = right }));
            Assert.IsType<ControlOutcome.Done>(await world.TakeAsAsync(name, new AgentConsentAccepted(world.Agent, consent)));
        }

        await world.TakeAsync(new AgentTransferProposed(world.Agent, PersonId.Parse("finder"), "x")); // who is asked to own it finds it, and no more

        var who = world.State.People[PersonId.Parse(person)];
        var (agent, now) = (world.State.Agents[world.Agent], world.Time.GetUtcNow());
        var draft = new AgentDrafted(
            World.Describe(AgentId.New(world.Time)) with { Name = "copy", Owner = who.Id, Lifecycle = AgentLifecycle.Draft }, AgentSource.Clone, world.Agent.ToString());
        var had = new List<string>();
        if (world.State.FindFor(who, world.Agent, now) is not null)
            had.Add("discover");
        if (AgentRights.MayInvoke(who, agent, now))
            had.Add("invoke");
        if (await world.TakeAsAsync(person, new AgentLifecycleChanged(world.Agent, AgentLifecycle.Suspended, "x")) is ControlOutcome.Done)
            had.Add("operate");
        if (await world.TakeAsAsync(person, draft) is ControlOutcome.Done)
            had.Add("clone");
        Assert.Equal(rights, string.Join(' ', had));
    }

    [Fact]
    public async Task A_copy_has_what_the_agent_is_made_of_and_none_of_what_it_may_do()
    {
        using var world = await World.WithAsync(World.PermitAll);
        var version = new AgentVersion { Name = "2", Model = "m-2", Provider = "p", Approval = "review 7" };
        await world.TakeAsync(
            new AgentVersionRegistered(world.Agent, version with
            {
                Scores = AgentOrigin.NoClaims.Add("refunds", "0.9"), Parameters = AgentOrigin.NoClaims.Add("temperature", "0"), Tools = AgentOrigin.NoClaims.Add("desk/look", new string('a', 64)),
            }),
            new AgentVersionDeployed(world.Agent, "2", "x"));
        var id = AgentId.New(world.Time);
        var draft = new AgentDrafted(World.Describe(id) with { Name = "copy", Lifecycle = AgentLifecycle.Draft, Model = "claimed" }, AgentSource.Clone, world.Agent.ToString());
        Assert.IsType<ControlOutcome.Invalid>(await world.TakeAsAsync("ada", draft with { Agent = draft.Agent with { Owner = PersonId.Parse("pat") } }));
        Assert.IsType<ControlOutcome.NotAllowed>(await world.TakeAsAsync("ada", draft with { Reference = AgentId.New(world.Time).ToString() }));
        Assert.IsType<ControlOutcome.Done>(await world.TakeAsAsync("ada", draft));
        using var next = await world.RestartAsync();
        var copy = next.State.Agents[id];
        var made = Assert.Single(copy.Versions).Value;
        Assert.Equal(("m-2", "m-2", "p", "0", null, 0, 0), (copy.Model, made.Model, made.Provider, made.Parameters["temperature"], made.Approval, made.Scores.Count, made.Tools.Count));
        Assert.Equal((AgentLifecycle.Draft, AgentVisibility.Personal, 0, 0), (copy.Lifecycle, copy.Visibility, copy.Grants.Length, copy.Consents.Count));
        Assert.DoesNotContain(next.State.AgentKeys.Values, key => key.Agent == id);
        await next.TakeAsync(new AgentLifecycleChanged(next.Agent, AgentLifecycle.Retired, "x"));
        Assert.False(await next.TakeAsAsync("ada", draft with { Agent = draft.Agent with { Id = AgentId.New(next.Time) } }) is ControlOutcome.Done);
    }
}
