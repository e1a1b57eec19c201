using Writ.Ledger.Checkpoints;

namespace Writ.Ledger.Tests;

public sealed class TimesTests
{
    [Fact]
    public void A_time_falls_into_the_first_bucket_that_holds_it()
    {
        var histogram = new LatencyHistogram();
        foreach (var bound in LatencyHistogram.Bounds)
        {
            histogram.Add(bound);
            histogram.Add(bound + TimeSpan.FromTicks(1));
        }

        histogram.Add(TimeSpan.FromTicks(-5));
        var counts = histogram.Read();
        Assert.Equal([2, .. Enumerable.Repeat(2L, LatencyHistogram.Bounds.Length - 1), 1], counts.Counts);
        Assert.Equal(LatencyHistogram.Bounds.Sum(b => 2 * b.Ticks + 1), counts.Sum.Ticks);
    }

    [Fact]
    public async Task Every_batch_that_is_flushed_is_timed()
    {
        using var folder = new TestLedger();
        await using var ledger = await folder.OpenAsync();
        var log = await TestLedger.LogAsync(ledger);
        var before = ledger.FlushTimes.Read().Counts.Sum();
        Assert.True((await ledger.AppendAsync(log, TestLedger.Record(0), "sealed"u8.ToArray())).IsDurable);
        Assert.Equal(before + 2, ledger.FlushTimes.Read().Counts.Sum());
    }

    [Fact]
    public async Task Records_without_a_checkpoint_are_uncovered_from_when_the_log_was_last_covered()
    {
        using var folder = new TestLedger();
        await using var ledger = await folder.OpenAsync();
        var log = await TestLedger.LogAsync(ledger);
        folder.Time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(TimeSpan.Zero, ledger.UncoveredFor(log));
        await ledger.AppendAsync(log, TestLedger.Record(0));
        Assert.IsType<CheckpointSigning.Done>(ledger.SignCheckpoint(log));
        Assert.Equal(TimeSpan.Zero, ledger.UncoveredFor(log));
        await ledger.AppendAsync(log, TestLedger.Record(1));
        folder.Time.Advance(TimeSpan.FromSeconds(7));
        Assert.Equal(TimeSpan.FromSeconds(7), ledger.UncoveredFor(log));
    }
}
