using Writ.Governance.Controls;
using Writ.Governance.Decisions;
using Writ.Governance.People;
using Writ.Governance.Policies;
using Writ.Governance.Policies.Lifecycle;
using Writ.Governance.Policies.Publishing;

namespace Writ.Governance.Tests.Policies.Lifecycle;

public sealed class BundleRollbackTests
{
    private const string PermitNothing = "forbid (principal, action, resource);";

    [Fact]
    public async Task A_rollback_decides_the_next_call_and_so_does_a_restart()
    {
        using var world = await World.WithAsync(World.PermitAll);
        var first = world.State.Policy.Snapshot.Digest;
        await world.PublishAsync(PermitNothing);
        Assert.IsType<Decision.Denied>(await world.CallAsync("look"));

        Assert.IsType<ControlOutcome.Done>(await RollBackAsync(world, "sam"));
        Assert.IsType<Decision.Permitted>(await world.CallAsync("look"));
        Assert.Equal(first, world.State.Policy.Snapshot.Digest);
        using var next = await world.RestartAsync();
        Assert.Equal(first, next.State.Policy.Snapshot.Digest);
        Assert.IsType<Decision.Permitted>(await next.CallAsync("look"));
    }

    [Theory]
    [InlineData("pat")]
    [InlineData("nobody")]
    public async Task A_rollback_is_security_s_alone(string person)
    {
        using var world = await World.WithAsync(World.PermitAll);
        await world.PublishAsync(PermitNothing);
        Assert.IsType<ControlOutcome.NotAllowed>(await RollBackAsync(world, person));
        Assert.IsType<Decision.Denied>(await world.CallAsync("look"));
    }

    [Fact]
    public async Task What_was_rolled_back_is_not_where_the_next_rollback_leads()
    {
        using var world = await World.WithAsync(World.PermitAll);
        var good = world.State.Bundles["test"].Digest;
        await world.PublishAsync(PermitNothing);
        var bad = world.State.Bundles["test"].Digest;
        await RollBackAsync(world, "sam");
        await world.PublishAsync(World.PermitAll + "// third");
        await world.PublishAsync(World.PermitAll + "// third");
        Assert.IsType<ControlOutcome.Done>(await RollBackAsync(world, "sam"));
        Assert.Equal(good, world.State.Bundles["test"].Digest);

        Assert.IsType<ControlOutcome.Invalid>(await RollBackAsync(world, "sam"));
        Assert.IsType<ControlOutcome.Invalid>(await RollBackAsync(world, "sam", good));
        Assert.IsType<ControlOutcome.Invalid>(await RollBackAsync(world, "sam", new string('0', 64)));
        Assert.IsType<ControlOutcome.Done>(await RollBackAsync(world, "sam", bad));
        Assert.Equal(bad, world.State.Bundles["test"].Digest);
    }

    [Fact]
    public async Task The_versions_that_are_kept_are_bounded_and_the_newest()
    {
        using var world = await World.WithAsync(World.PermitAll);
        var oldest = world.State.Bundles["test"].Digest;
        for (var i = 0; i < BundleHistory.MaxVersions; i++)
            await world.PublishAsync($"{World.PermitAll}// {i}");
        Assert.Equal(BundleHistory.MaxVersions, world.State.BundleHistories["test"].Versions.Length);
        Assert.IsType<ControlOutcome.Invalid>(await RollBackAsync(world, "sam", oldest));
        Assert.IsType<ControlOutcome.Done>(await RollBackAsync(world, "sam"));
    }

    [Fact]
    public async Task T14_of_two_who_publish_from_the_same_version_the_second_is_refused()
    {
        using var world = await World.WithAsync(World.PermitAll);
        var seen = world.State.Bundles["test"].Digest;
        Assert.IsType<ControlOutcome.Done>(await PublishAsync(world, "// one\n", seen));
        var held = world.State.Bundles["test"].Digest;
        Assert.IsType<ControlOutcome.Invalid>(await PublishAsync(world, "// two\n", seen));
        Assert.Equal(held, world.State.Bundles["test"].Digest);
        Assert.IsType<ControlOutcome.Done>(await PublishAsync(world, "// two\n", held));
    }

    private static Task<ControlOutcome> RollBackAsync(World world, string person, string? to = null) => world.Controls.TakeAsync(
        World.Organization, PersonId.Parse(person), Presence.BootstrapToken, state => BundleRollback.Plan(state!, "test", to, "x"), CancellationToken.None);

    private static Task<ControlOutcome> PublishAsync(World world, string head, string replaces) => world.Controls.TakeAsync(
        World.Organization, PersonId.Parse("sam"), Presence.BootstrapToken,
        state => BundlePublication.Plan(state!, new PublishRequest(World.Bundle(head + World.PermitAll)) { Replaces = replaces }, PublicationGround.NotLooser, DenialForecast.None), CancellationToken.None);
}
