using Writ.Governance.Records;
using Writ.Testing;

namespace Writ.Governance.Tests.Records;

public sealed class ClockWatchTests
{
    [Theory]
    [InlineData(-30)]
    [InlineData(-3_600)]
    public void T86_what_has_ended_stays_ended_however_the_clock_is_set_back(int seconds)
    {
        var time = new FakeTime();
        var clock = new ClockWatch(time);
        time.Advance(TimeSpan.FromMinutes(5));
        var told = clock.Later.GetUtcNow();
        time.StepWallClock(TimeSpan.FromSeconds(seconds));
        Assert.Equal(told, clock.Later.GetUtcNow());
        time.Advance(TimeSpan.FromMinutes(2));
        Assert.True(clock.Later.GetUtcNow() > told);
    }

    [Fact]
    public void A_record_of_later_than_the_clock_is_the_time()
    {
        var time = new FakeTime();
        var clock = new ClockWatch(time);
        var newest = time.GetUtcNow() + TimeSpan.FromMinutes(10);
        clock.Saw(newest);
        Assert.Equal(newest, clock.Later.GetUtcNow());
        Assert.Equal(time.GetUtcNow(), clock.Steady.GetUtcNow());
    }
}
