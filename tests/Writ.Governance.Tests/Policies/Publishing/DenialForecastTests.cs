using Writ.Governance.Agents;
using Writ.Governance.Controls;
using Writ.Governance.Decisions;
using Writ.Governance.People;
using Writ.Governance.Policies.Publishing;
using Writ.Governance.Tasks;
using Writ.Identity.Tokens;

namespace Writ.Governance.Tests.Policies.Publishing;

public sealed class DenialForecastTests
{
    private const string Tight = World.PermitAll + PublishingWorld.ForbidPay;

    [Fact]
    public async Task What_would_newly_be_refused_waits_for_the_owner_of_the_agent_and_for_nobody_else()
    {
        using var world = await World.WithAsync(World.PermitAll);
        await CallAsync(world, "pay", 2);
        await CallAsync(world, "look", 3);
        var proposal = Assert.IsType<PublishOutcome.Proposed>(await world.PublishAsAsync("sam", Tight)).Proposal;
        Assert.True(proposal.Finding.IsTightening);
        Assert.Equal((5, 2, 0, true), (proposal.Forecast.Compared, proposal.Forecast.Denied, proposal.Forecast.Unreadable, proposal.Forecast.Complete));
        var agent = Assert.Single(proposal.Forecast.Agents);
        Assert.Equal((world.Agent, "ada", 2, 5), (agent.Agent, agent.Owner.ToString(), agent.Denied, agent.Compared));
        Assert.Equal(["tool/desk/pay"], agent.Actions);
        Assert.Equal(2, agent.Decisions.Length);

        Assert.Equal("unacknowledged", await world.ObstacleAsync("sam"));
        Assert.IsType<ControlOutcome.Invalid>(Assert.IsType<PublishOutcome.Refused>(await AcknowledgeAsync(world, "pat")).Outcome);
        using var next = await world.RestartAsync();
        Assert.IsType<PublishOutcome.Acknowledged>(await AcknowledgeAsync(next, "ada"));
        Assert.IsType<PublishOutcome.Active>(await next.ConfirmAsync("sam"));
        Assert.IsType<Decision.Denied>(await next.CallAsync("pay", """{"amount":1}"""));
    }

    [Fact]
    public async Task Whoever_owns_all_the_agents_that_are_refused_something_publishes_at_once()
    {
        using var world = await World.WithAsync(World.PermitAll);
        await CallAsync(world, "pay", 2);
        Assert.Equal(2, Assert.IsType<PublishOutcome.Active>(await world.PublishAsAsync("ada", Tight)).Forecast.Denied);
        Assert.Equal(2, world.ControlLog.Records[^1].GetProperty("action").GetProperty("forecast").GetProperty("denied").GetInt32());
    }

    [Fact]
    public async Task A_backup_owner_acknowledges_as_well()
    {
        using var world = await World.WithAsync(World.PermitAll);
        var agent = World.Describe(AgentId.New(world.Time)) with { BackupOwner = PersonId.Parse("pat"), Grants = world.State.Agents[world.Agent].Grants };
        var key = world.Issuer.Issue(TokenKind.AgentKey);
        await world.TakeAsync(new AgentRegistered(agent), new AgentKeyIssued(agent.Id, key.KeyId, key.SecretHash, key.ExpiresAt));
        Assert.IsType<Decision.Permitted>(await world.CallAsync("pay", """{"amount":1}""", key: key.Token));
        await world.PublishAsAsync("sam", Tight);
        Assert.IsType<PublishOutcome.Acknowledged>(await AcknowledgeAsync(world, "pat"));
        Assert.IsType<PublishOutcome.Active>(await world.ConfirmAsync("sam"));
    }

    [Fact]
    public async Task Security_overrides_with_a_reason_that_is_recorded()
    {
        using var world = await World.WithAsync(World.PermitAll);
        await CallAsync(world, "pay", 1);
        Assert.IsType<PublishOutcome.Active>(await world.PublishAsAsync("sam", Tight, over: "the desk was robbed"));
        Assert.Equal("the desk was robbed", world.ControlLog.Records[^1].GetProperty("action").GetProperty("override").GetString());
    }

    [Fact]
    public async Task An_override_replaces_no_second_person()
    {
        using var world = await World.WithAsync(Tight);
        await CallAsync(world, "look", 1);
        await world.PublishAsAsync("sam", World.PermitAll + "forbid (principal, action == Writ::Action::\"tool/desk/look\", resource);", over: "x");
        Assert.Equal("proposer", await world.ObstacleAsync("sam"));
        Assert.Equal("unacknowledged", await ObstacleOfThirdAsync(world));
    }

    [Fact]
    public async Task A_jump_of_denials_is_refused_with_its_numbers_unless_they_were_accepted()
    {
        using var world = await World.WithAsync(World.PermitAll);
        await CallAsync(world, "pay", 3);
        await CallAsync(world, "look", 47);
        var jump = Assert.IsType<PublishOutcome.Jump>(await world.PublishAsAsync("ada", Tight)).Forecast;
        Assert.Equal((50, 3), (jump.Compared, jump.Denied));
        Assert.IsType<PublishOutcome.Jump>(await world.PublishAsAsync("ada", Tight, accept: 2));
        Assert.IsType<Decision.Permitted>(await world.CallAsync("pay", """{"amount":1}"""));
        Assert.IsType<PublishOutcome.Active>(await world.PublishAsAsync("ada", Tight, accept: 4));
    }

    [Theory]
    [InlineData(2, 47)]
    [InlineData(5, 95)]
    public async Task Fewer_than_fifty_decisions_or_five_in_a_hundred_are_no_jump(int pay, int look)
    {
        using var world = await World.WithAsync(World.PermitAll);
        await CallAsync(world, "pay", pay);
        await CallAsync(world, "look", look);
        Assert.IsType<PublishOutcome.Active>(await world.PublishAsAsync("ada", Tight));
    }

    [Fact]
    public async Task What_cannot_be_read_is_counted_and_compared_with_nothing()
    {
        using var world = await World.WithAsync(World.PermitAll);
        await CallAsync(world, "pay", 2);
        var empty = new RecentDecisions(world.Archive, new TaskBook(world.Time), world.Time);
        var forecast = await empty.ForecastAsync(world.State, World.Bundle(Tight), CancellationToken.None);
        Assert.Equal((0, 0, 2), (forecast.Compared, forecast.Denied, forecast.Unreadable));
    }

    private static async Task CallAsync(World world, string tool, int times)
    {
        for (var i = 0; i < times; i++)
            await world.CallAsync(tool, tool == "pay" ? """{"amount":1}""" : "{}");
    }

    private static Task<PublishOutcome> AcknowledgeAsync(World world, string person) =>
        world.Publisher().AcknowledgeAsync(world.As(person), "test", world.State.Proposals["test"].Bundle.Digest, CancellationToken.None);

    private static async Task<string> ObstacleOfThirdAsync(World world)
    {
        await world.TakeAsync(new PersonAdded(PersonId.Parse("kim"), "Kim", [PersonCapability.Security]));
        return await world.ObstacleAsync("kim");
    }
}
