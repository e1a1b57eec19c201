using Writ.Governance.Agents;
using Writ.Governance.Controls;
using Writ.Governance.Decisions;
using Writ.Governance.Organizations;
using Writ.Governance.People;
using Writ.Governance.Tasks;

namespace Writ.Governance.Tests.Agents;

public sealed class ConsentTests
{
    private static readonly PersonId Pat = PersonId.Parse("pat");

    [Theory]
    [InlineData("personal", "pat", false)]
    [InlineData("team", "pat", false)]
    [InlineData("team", "tim", true)]
    [InlineData("personal", "tim", false)]
    [InlineData("organization", "pat", true)]
    [InlineData("global", "pat", true)]
    [InlineData("personal", "ada", true)]
    [InlineData("personal", "sam", true)]
    public async Task T54_visibility_says_who_finds_an_agent_and_the_default_is_its_owners(string visibility, string person, bool finds)
    {
        using var world = await WithTimAsync();
        Assert.Equal(AgentVisibility.Personal, world.State.Agents[world.Agent].Visibility);
        if (visibility != "personal")
            Assert.IsType<ControlOutcome.Done>(await world.TakeAsAsync("ada", Show(world, visibility)));
        Assert.Equal(finds, world.State.FindFor(Person(world, person), world.Agent, world.Time.GetUtcNow()) is not null);
    }

    [Fact]
    public async Task Beyond_its_team_security_says_who_finds_an_agent_and_strangers_say_nothing()
    {
        using var world = await WithTimAsync();
        await world.TakeAsync(new AgentTransferProposed(world.Agent, Pat, "x"));
        await world.TakeAsAsync("pat", new AgentTransferAccepted(world.Agent));
        Assert.IsType<ControlOutcome.Done>(await world.TakeAsAsync("pat", Show(world, "team")));
        Assert.IsType<ControlOutcome.NotAllowed>(await world.TakeAsAsync("pat", Show(world, "organization")));
        Assert.IsType<ControlOutcome.NotAllowed>(await world.TakeAsAsync("tim", Show(world, "personal")));
        Assert.IsType<ControlOutcome.Done>(await world.TakeAsAsync("sam", Show(world, "organization")));
        Assert.IsType<ControlOutcome.Done>(await world.TakeAsAsync("pat", Show(world, "personal")));
    }

    [Fact]
    public async Task T47_a_consent_that_is_taken_back_ends_the_work_with_the_next_call()
    {
        using var world = await WithTimAsync();
        var id = await OfferAsync(world, "person/pat");
        var (task, token) = await OpenAsync(world);
        Assert.Equal("WRIT3202", Code(await world.CallAsync("look", taskToken: token)));
        Assert.IsType<ControlOutcome.NotAllowed>(await world.TakeAsAsync("sam", new AgentConsentAccepted(world.Agent, id)));
        Assert.IsType<ControlOutcome.Done>(await world.TakeAsAsync("pat", new AgentConsentAccepted(world.Agent, id)));
        Assert.IsType<Decision.Permitted>(await world.CallAsync("look", taskToken: token));
        var (_, child) = await OpenAsync(world, task);
        Assert.IsType<Decision.Permitted>(await world.CallAsync("look", taskToken: child));

        world.ControlLog.IsFull = true;
        await world.TakeAsAsync("ada", new AgentConsentWithdrawn(world.Agent, id, "x"));
        Assert.Equal("WRIT3202", Code(await world.CallAsync("look", taskToken: token)));
        Assert.Equal("WRIT3202", Code(await world.CallAsync("look", taskToken: child)));
        Assert.IsType<Decision.Permitted>(await world.CallAsync("look"));
    }

    [Fact]
    public async Task A_consent_ends_at_its_time_and_survives_a_restart_until_then()
    {
        using var world = await WithTimAsync();
        var id = await OfferAsync(world, "organization", days: 2);
        Assert.IsType<ControlOutcome.NotAllowed>(await world.TakeAsAsync("pat", new AgentConsentAccepted(world.Agent, id)));
        Assert.IsType<ControlOutcome.Invalid>(await world.TakeAsAsync("ada", new AgentConsentAccepted(world.Agent, id)));
        Assert.IsType<ControlOutcome.Done>(await world.TakeAsAsync("sam", new AgentConsentAccepted(world.Agent, id)));
        var (_, token) = await OpenAsync(world);
        using var next = await world.RestartAsync();
        next.Time.Advance(TimeSpan.FromDays(2) - TimeSpan.FromTicks(1));
        Assert.True(AgentRights.MayInvoke(Person(next, "pat"), next.State.Agents[next.Agent], next.Time.GetUtcNow()));
        next.Time.Advance(TimeSpan.FromTicks(1));
        Assert.False(AgentRights.MayInvoke(Person(next, "pat"), next.State.Agents[next.Agent], next.Time.GetUtcNow()));
        Assert.IsType<ControlOutcome.Invalid>(await next.TakeAsAsync("sam", new AgentConsentAccepted(next.Agent, await OfferAsync(next, "organization", days: 367, fails: true))));
    }

    [Fact]
    public async Task A_team_asks_while_somebody_is_in_it()
    {
        using var world = await WithTimAsync();
        await world.TakeAsync(new TeamCreated(TeamId.Parse("billing"), "Billing"), new TeamJoined(TeamId.Parse("billing"), Pat));
        var id = await OfferAsync(world, "team/billing");
        Assert.IsType<ControlOutcome.NotAllowed>(await world.TakeAsAsync("tim", new AgentConsentAccepted(world.Agent, id)));
        Assert.IsType<ControlOutcome.Done>(await world.TakeAsAsync("pat", new AgentConsentAccepted(world.Agent, id)));
        var (_, token) = await OpenAsync(world);
        Assert.IsType<Decision.Permitted>(await world.CallAsync("look", taskToken: token));
        await world.TakeAsync(new TeamLeft(TeamId.Parse("billing"), Pat));
        Assert.Equal("WRIT3202", Code(await world.CallAsync("look", taskToken: token)));
    }

    [Fact]
    public async Task Only_the_owners_offer_and_a_capability_is_no_right_to_ask()
    {
        using var world = await WithTimAsync();
        foreach (var person in new[] { "sam", "pat", "tim" })
        {
            Assert.IsType<ControlOutcome.NotAllowed>(await world.TakeAsAsync(person, Offer(world, Guid.NewGuid(), "person/pat", 1)));
            Assert.False(AgentRights.MayInvoke(Person(world, person), world.State.Agents[world.Agent], world.Time.GetUtcNow()));
        }

        var id = await OfferAsync(world, "person/pat");
        Assert.NotNull(world.State.FindFor(Person(world, "pat"), world.Agent, world.Time.GetUtcNow()));
        Assert.IsType<ControlOutcome.NotAllowed>(await world.TakeAsAsync("tim", new AgentConsentWithdrawn(world.Agent, id, "x")));
        Assert.IsType<ControlOutcome.Done>(await world.TakeAsAsync("pat", new AgentConsentWithdrawn(world.Agent, id, "no")));
        Assert.IsType<ControlOutcome.Invalid>(await world.TakeAsAsync("pat", new AgentConsentAccepted(world.Agent, id)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("everyone")]
    [InlineData("person/")]
    [InlineData("person/Pat")]
    [InlineData("team/a/b")]
    [InlineData("organization/x")]
    [InlineData("agent/0199")]
    [InlineData("agent/0199B2F6-E000-7000-8000-000000000009")]
    public void Nobody_is_meant_by_a_word_that_names_no_party(string text) => Assert.False(InvokeParty.TryParse(text, null, out _));

    /// <summary>Tim is in the agent's team; pat and sam are not.</summary>
    private static async Task<World> WithTimAsync()
    {
        var world = await World.WithAsync(World.PermitAll);
        await world.TakeAsync(new PersonAdded(PersonId.Parse("tim"), "Tim", [PersonCapability.App]), new TeamCreated(TeamId.Parse("team"), "Team"), new TeamJoined(TeamId.Parse("team"), PersonId.Parse("tim")));
        return world;
    }

    private static async Task<Guid> OfferAsync(World world, string who, int days = 90, bool fails = false)
    {
        var id = Guid.CreateVersion7(world.Time.GetUtcNow());
        Assert.Equal(fails, await world.TakeAsAsync("ada", Offer(world, id, who, days)) is ControlOutcome.Invalid);
        return id;
    }

    private static AgentConsentOffered Offer(World world, Guid id, string who, int days) => new(world.Agent, id, InvokeParty.Parse(who), world.Time.GetUtcNow().AddDays(days), "x");

    private static AgentVisibilityChanged Show(World world, string visibility) => new(world.Agent, Enum.Parse<AgentVisibility>(visibility, ignoreCase: true), "x");

    private static async Task<(TaskStanding Task, string Token)> OpenAsync(World world, TaskStanding? parent = null) => (await world.Tasks.OpenAsync(World.Organization, new TaskOpening
    {
        Agent = world.Agent, Credential = world.State.AgentKeys.Keys.Single(), Parent = parent, StartedBy = parent is null ? new Attested<PersonId>(Pat, "person/pat") : null,
    }))!.Value;

    private static Person Person(World world, string name) => world.State.People[PersonId.Parse(name)];

    private static string Code(Decision decision) => Assert.IsType<Decision.Denied>(decision).Refusal.Reason.Code;
}
