using Writ.Governance.Decisions;
using Writ.Governance.Metering;
using Writ.Governance.Organizations;

namespace Writ.Governance.Tests.Metering;

public sealed class MeterTests
{
    private static readonly OrganizationId Organization = OrganizationId.Parse("default");

    [Fact]
    public void Counting_allocates_nothing_once_a_kind_was_seen()
    {
        var (meters, log) = (new DecisionMeters(), new LogMeter());
        var least = long.MaxValue;
        for (var round = 0; round < 10; round++) // the runtime itself allocates now and then
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 100; i++)
                CountOnce(meters, log);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);
        Assert.Contains((Outcome.Deny, "WRIT1002", 1_000), meters.Of(Organization).Decisions);
        Assert.Contains((Outcome.Allow, "", 1_000), meters.Of(Organization).Decisions);
        Assert.Equal(1_000, meters.Of(Organization).Effects(EffectStatus.TimedOut));
        Assert.Equal((7_000, 9_000, 1_000), (log.RecordBytes, log.PayloadBytes, log.Refused));
    }

    [Fact]
    public async Task What_many_count_at_once_is_the_sum()
    {
        var meters = new DecisionMeters();
        await Parallel.ForAsync(0, 10_000, (_, _) =>
        {
            meters.Of(Organization).Decided(Outcome.Deny, ReasonCodes.Forbidden, TimeSpan.FromMicroseconds(20));
            return ValueTask.CompletedTask;
        });
        Assert.Equal([(Outcome.Deny, "WRIT1002", 10_000)], meters.Of(Organization).Decisions);
        Assert.Equal((10_000, TimeSpan.FromMilliseconds(200)), (meters.Of(Organization).GateTimes.Read().Counts.Sum(), meters.Of(Organization).GateTimes.Read().Sum));
    }

    private static void CountOnce(DecisionMeters meters, LogMeter log)
    {
        meters.Of(Organization).Decided(Outcome.Deny, ReasonCodes.Forbidden, TimeSpan.FromMicroseconds(20));
        meters.Of(Organization).Decided(Outcome.Allow, null, TimeSpan.FromMicroseconds(20));
        meters.Of(Organization).Settled(EffectStatus.TimedOut);
        log.Appended(7, 9, TimeSpan.FromMilliseconds(1));
        log.Refuse();
    }
}
