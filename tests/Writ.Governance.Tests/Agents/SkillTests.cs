using Writ.Governance.Agents;
using Writ.Governance.Cards;
using Writ.Governance.Controls;
using Writ.Governance.Decisions;
using Writ.Governance.People;
using Writ.Governance.Tasks;

namespace Writ.Governance.Tests.Agents;

public sealed class SkillTests
{
    private static readonly AgentCard Card = new("answers")
    {
        Skills = [new AgentSkill("lookup", "Look up", "looks") { Tools = [new Grant(World.Desk, "look")] }, new AgentSkill("talk", "Talk", "talks")],
    };

    [Fact]
    public async Task Who_may_ask_for_a_skill_asks_for_that_alone_and_its_work_uses_its_tools_alone()
    {
        using var world = await WithCardAsync();
        await ConsentAsync(world, "person/pat", "pat", "lookup");
        var pat = world.State.People[PersonId.Parse("pat")];
        Assert.True(AgentRights.MayInvoke(pat, world.State.Agents[world.Agent], world.Time.GetUtcNow(), "lookup"));
        foreach (var skill in new[] { "talk", null, "unknown" })
            Assert.False(AgentRights.MayInvoke(pat, world.State.Agents[world.Agent], world.Time.GetUtcNow(), skill));

        var token = await OpenAsync(world, "pat", "lookup");
        Assert.IsType<Decision.Permitted>(await world.CallAsync("look", taskToken: token));
        Assert.Equal("WRIT3203", Code(await world.CallAsync("note", """{"text":"x"}""", taskToken: token)));
        Assert.Equal("WRIT3202", Code(await world.CallAsync("look", taskToken: await OpenAsync(world, "pat", null))));
        // Who needs no consent is bound by the skill that they asked for all the same.
        Assert.Equal("WRIT3203", Code(await world.CallAsync("note", """{"text":"x"}""", taskToken: await OpenAsync(world, "ada", "lookup"))));

        using var next = await world.RestartAsync();
        Assert.IsType<Decision.Permitted>(await next.CallAsync("look", taskToken: token));
        Assert.Equal("WRIT3203", Code(await next.CallAsync("note", """{"text":"x"}""", taskToken: token)));
        await next.TakeAsync(new AgentCardDescribed(next.Agent, new AgentCard("nothing any more")));
        // The consent was for a skill that the agent no longer has.
        Assert.Equal("WRIT3202", Code(await next.CallAsync("look", taskToken: token)));
    }

    [Fact]
    public async Task A_consent_is_for_no_skill_that_bounds_nothing()
    {
        using var world = await WithCardAsync();
        foreach (var skills in new string[][] { ["talk"], ["unknown"], ["lookup", "unknown"] })
            Assert.IsType<ControlOutcome.Invalid>(await world.TakeAsAsync("ada", Offer(world, Guid.NewGuid(), "person/pat", skills)));
        Assert.IsType<ControlOutcome.Invalid>(await world.TakeAsAsync("ada", Offer(world, Guid.NewGuid(), "person/pat", "lookup") with { Right = AgentRight.Clone }));
        Assert.IsType<ControlOutcome.NotAllowed>(await world.TakeAsAsync("pat", new AgentCardDescribed(world.Agent, Card)));
    }

    [Fact]
    public async Task A_skill_that_loses_its_tools_turns_no_consent_into_one_for_the_whole_agent()
    {
        using var world = await WithCardAsync();
        var (middle, middleKey) = await world.AddAgentAsync("desk/*");
        await ConsentAsync(world, "person/pat", "pat", "lookup");
        await ConsentAsync(world, $"agent/{middle}", "ada", "lookup");
        var tokens = new[] { await OpenAsync(world, "pat", "lookup"), await AskAsync(world, middle, middleKey, "lookup") };
        var owners = await OpenAsync(world, "ada", "lookup");
        foreach (var token in tokens)
            Assert.IsType<Decision.Permitted>(await world.CallAsync("look", taskToken: token));

        Assert.IsType<ControlOutcome.Done>(await world.TakeAsAsync("ada", new AgentCardDescribed(world.Agent, new AgentCard("answers") { Skills = [new AgentSkill("lookup", "Look up", "looks")] })));
        var (pat, agent, now) = (world.State.People[PersonId.Parse("pat")], world.State.Agents[world.Agent], world.Time.GetUtcNow());
        Assert.False(AgentRights.MayInvoke(pat, agent, now, "lookup") || AgentRights.MayInvokeSome(pat, agent, now));
        Assert.False(AgentRights.MayInvoke(middle, agent, now, "lookup") || AgentRights.MayInvokeSome(middle, agent, now));
        foreach (var tool in new[] { "look", "wipe" })
        {
            foreach (var token in tokens)
                Assert.Equal("WRIT3202", Code(await world.CallAsync(tool, taskToken: token)));
            Assert.Equal("WRIT3203", Code(await world.CallAsync(tool, taskToken: owners)));
        }

        Assert.IsType<ControlOutcome.Done>(await world.TakeAsAsync("ada", new AgentCardDescribed(world.Agent, Card)));
        Assert.IsType<Decision.Permitted>(await world.CallAsync("look", taskToken: tokens[0]));
    }

    [Fact]
    public async Task An_agent_asks_another_to_work_while_every_link_of_that_holds()
    {
        using var world = await WithCardAsync();
        var (middle, middleKey) = await world.AddAgentAsync("desk/*");
        await ConsentAsync(world, $"agent/{middle}", "ada", "lookup");
        var token = await AskAsync(world, middle, middleKey, "lookup");
        Assert.IsType<Decision.Permitted>(await world.CallAsync("look", taskToken: token));
        Assert.Equal("WRIT3203", Code(await world.CallAsync("wipe", taskToken: token)));
        var unasked = await AskAsync(world, middle, middleKey, null);
        Assert.Equal("WRIT3202", Code(await world.CallAsync("look", taskToken: unasked)));

        using (var next = await world.RestartAsync())
            Assert.IsType<Decision.Permitted>(await next.CallAsync("look", taskToken: token));
        await world.TakeAsync(new AgentLifecycleChanged(middle, AgentLifecycle.Suspended, "x"));
        Assert.Equal("WRIT3202", Code(await world.CallAsync("look", taskToken: token)));
        await world.TakeAsync(new AgentLifecycleChanged(middle, AgentLifecycle.Active, "x"));
        Assert.IsType<Decision.Permitted>(await world.CallAsync("look", taskToken: token));
        var consent = world.State.Agents[world.Agent].Consents.Keys.Single();
        Assert.IsType<ControlOutcome.Done>(await world.TakeAsAsync("ada", new AgentConsentWithdrawn(world.Agent, consent, "x")));
        Assert.Equal("WRIT3202", Code(await world.CallAsync("look", taskToken: token)));
    }

    [Fact]
    public async Task Whoever_asked_the_first_agent_has_to_go_on_being_allowed_to()
    {
        using var world = await WithCardAsync();
        var (middle, middleKey) = await world.AddAgentAsync("desk/*");
        await ConsentAsync(world, $"agent/{middle}", "ada", "lookup");
        await ConsentAsync(world, "person/pat", "pat", null, middle);
        var token = await AskAsync(world, middle, middleKey, "lookup", startedBy: "pat");
        Assert.IsType<Decision.Permitted>(await world.CallAsync("look", taskToken: token)); // pat may ask the first agent, which may ask this one
        var consent = world.State.Agents[middle].Consents.Keys.Single();
        await world.TakeAsAsync("pat", new AgentConsentWithdrawn(middle, consent, "x"));
        Assert.Equal("WRIT3202", Code(await world.CallAsync("look", taskToken: token)));
    }

    [Fact]
    public async Task The_owners_of_the_agent_that_asks_accept_and_nobody_else()
    {
        using var world = await WithCardAsync();
        var (middle, _) = await world.AddAgentAsync("desk/*");
        await world.TakeAsync(new AgentTransferProposed(middle, PersonId.Parse("pat"), "x"));
        await world.TakeAsAsync("pat", new AgentTransferAccepted(middle));
        var id = Guid.NewGuid();
        var pat = world.State.People[PersonId.Parse("pat")];
        Assert.Null(world.State.FindFor(pat, world.Agent, world.Time.GetUtcNow()));
        Assert.IsType<ControlOutcome.Done>(await world.TakeAsAsync("ada", Offer(world, id, $"agent/{middle}", "lookup")));
        Assert.NotNull(world.State.FindFor(pat, world.Agent, world.Time.GetUtcNow()));
        foreach (var person in new[] { "ada", "sam" })
            Assert.IsType<ControlOutcome.NotAllowed>(await world.TakeAsAsync(person, new AgentConsentAccepted(world.Agent, id)));
        Assert.IsType<ControlOutcome.Done>(await world.TakeAsAsync("pat", new AgentConsentAccepted(world.Agent, id)));
        Assert.IsType<ControlOutcome.Invalid>(await world.TakeAsAsync("ada", Offer(world, Guid.NewGuid(), $"agent/{world.Agent}")));
        Assert.IsType<ControlOutcome.Invalid>(await world.TakeAsAsync("ada", Offer(world, Guid.NewGuid(), $"agent/{AgentId.New(world.Time)}")));
        Assert.IsType<ControlOutcome.Done>(await world.TakeAsAsync("pat", new AgentConsentWithdrawn(world.Agent, id, "x")));
    }

    private static async Task<World> WithCardAsync()
    {
        var world = await World.WithAsync(World.PermitAll);
        Assert.IsType<ControlOutcome.Done>(await world.TakeAsAsync("ada", new AgentCardDescribed(world.Agent, Card)));
        return world;
    }

    private static AgentConsentOffered Offer(World world, Guid id, string who, params string[] skills) =>
        new(world.Agent, id, InvokeParty.Parse(who), world.Time.GetUtcNow().AddDays(1), "x") { Skills = skills.Length == 0 ? null : [.. skills] };

    private static async Task ConsentAsync(World world, string who, string by, string? skill, AgentId? agent = null)
    {
        var id = Guid.NewGuid();
        Assert.IsType<ControlOutcome.Done>(await world.TakeAsAsync("ada", Offer(world, id, who, skill is null ? [] : [skill]) with { Agent = agent ?? world.Agent }));
        Assert.IsType<ControlOutcome.Done>(await world.TakeAsAsync(by, new AgentConsentAccepted(agent ?? world.Agent, id)));
    }

    private static async Task<string> OpenAsync(World world, string person, string? skill) => (await world.Tasks.OpenAsync(World.Organization, new TaskOpening
    {
        Agent = world.Agent,
        Credential = KeyOf(world, world.Agent),
        StartedBy = new Attested<PersonId>(PersonId.Parse(person), $"person/{person}"),
        Skill = skill is null ? null : new Attested<string>(skill, $"person/{person}"),
    }))!.Value.Token;

    private static async Task<string> AskAsync(World world, AgentId asking, string askingKey, string? skill, string? startedBy = null)
    {
        Assert.NotNull(askingKey);
        var above = (await world.Tasks.OpenAsync(World.Organization, new TaskOpening
        {
            Agent = asking,
            Credential = KeyOf(world, asking),
            StartedBy = startedBy is null ? null : new Attested<PersonId>(PersonId.Parse(startedBy), $"person/{startedBy}"),
        }))!.Value.Task;
        return (await world.Tasks.OpenAsync(World.Organization, new TaskOpening
        {
            Agent = world.Agent,
            Credential = KeyOf(world, world.Agent),
            Parent = above,
            AskedBy = [asking],
            Skill = skill is null ? null : new Attested<string>(skill, $"agent/{asking}"),
        }))!.Value.Token;
    }

    private static string KeyOf(World world, AgentId agent) => world.State.AgentKeys.Values.Single(key => key.Agent == agent).KeyId;

    private static string Code(Decision decision) => Assert.IsType<Decision.Denied>(decision).Refusal.Reason.Code;
}
