using Writ.Governance.Controls;
using Writ.Governance.Decisions;
using Writ.Governance.Policies.Publishing;

namespace Writ.Governance.Tests.Policies.Publishing;

public sealed class SoloTests
{
    [Fact]
    public async Task Where_there_is_one_person_a_loosening_publish_takes_effect_and_the_record_says_solo()
    {
        using var world = await World.SoloAsync();
        Assert.Equal(PublicationGround.Solo, Assert.IsType<PublishOutcome.Active>(await world.PublishAsAsync("ada", World.PermitAll + PublishingWorld.ForbidPay)).Ground);
        Assert.Equal(PublicationGround.Solo, Assert.IsType<PublishOutcome.Active>(await world.PublishAsAsync("ada", World.PermitAll)).Ground);
        var record = world.ControlLog.Records[^1];
        Assert.Equal("solo", record.GetProperty("action").GetProperty("ground").GetString());
        Assert.True(record.GetProperty("by").GetProperty("solo").GetBoolean());
        Assert.IsType<Decision.Permitted>(await world.CallAsync("pay", """{"amount":1}"""));
    }

    [Fact]
    public async Task A_second_person_ends_it_and_whoever_was_first_then_confirms_what_the_second_proposes()
    {
        using var world = await World.SoloAsync();
        await world.PublishAsAsync("ada", World.PermitAll + PublishingWorld.ForbidPay);
        await world.AddAsync("ada", "sam");
        Assert.IsType<PublishOutcome.Proposed>(await world.PublishAsAsync("ada", World.PermitAll));
        Assert.Equal("too_close", await world.ObstacleAsync("sam"));
        Assert.IsType<PublishOutcome.Declined>(await world.Publisher().DeclineAsync(world.As("ada"), "test", world.State.Proposals["test"].Bundle.Digest, "x", CancellationToken.None));
        Assert.IsType<PublishOutcome.Proposed>(await world.PublishAsAsync("sam", World.PermitAll));
        Assert.IsType<PublishOutcome.Active>(await world.ConfirmAsync("ada"));
        Assert.IsType<Decision.Permitted>(await world.CallAsync("pay", """{"amount":1}"""));
    }
}
