using Writ.Crypto.Hashing;
using Writ.Governance.Feeds;
using Writ.Governance.Organizations;
using Writ.Governance.Querying;
using Writ.Governance.Tests.Querying;
using Writ.Ledger.Checkpoints;
using Writ.Testing;

namespace Writ.Governance.Tests.Feeds;

public sealed class FeedFollowerTests : IAsyncDisposable
{
    private readonly FakeTime _time = new();
    private readonly StubSink _sink = new();
    private readonly List<Task> _running = [];
    private readonly List<CancellationTokenSource> _stops = [new()];
    private QueryLedger _ledger = null!;

    [Fact]
    public async Task Records_go_out_in_order_as_they_become_durable()
    {
        await OpenAsync(2);
        Start();
        Assert.Equal([0UL, 1], await _sink.IndexesAsync());
        await _ledger.DecideAsync("2026-07-01", "DENY");
        var batch = await _sink.NextAsync();
        Assert.Equal(("writ.example/default/decisions", "default", 2UL), (batch.Origin, batch.Organization.ToString(), batch.Records[0].Index));
        Assert.Equal(_ledger.Log.Read(2).Bytes.ToArray(), batch.Records[0].Bytes.ToArray());
    }

    [Fact]
    public async Task A_batch_has_no_more_records_and_bytes_than_it_may()
    {
        await OpenAsync(5);
        Start(options: new FeedOptions { Gather = TimeSpan.Zero, BatchRecords = 2 });
        Assert.Equal([0UL, 1], await _sink.IndexesAsync());
        Assert.Equal([2UL, 3], await _sink.IndexesAsync());
        Assert.Equal([4UL], await _sink.IndexesAsync());
        await StopAsync();
        Start("other", options: new FeedOptions { Gather = TimeSpan.Zero, BatchBytes = 1 });
        Assert.Equal([0UL], await _sink.IndexesAsync());
    }

    [Fact]
    public async Task T36_what_is_not_taken_comes_again_and_nothing_after_it_overtakes_it()
    {
        await OpenAsync(1);
        var answers = new Queue<FeedDelivery>(
            [new FeedDelivery.Failed("WRIT2111", "HTTP status 503"), new FeedDelivery.Failed("WRIT2111", "HTTP status 503"), FeedDelivery.Done.Instance, FeedDelivery.Done.Instance]);
        _sink.Answer = (_, _) => ValueTask.FromResult(answers.Dequeue());
        var follower = Start();
        Assert.Equal(0UL, (await _sink.NextAsync(_time)).Records.Single().Index);
        await _ledger.DecideAsync("2026-07-01", "DENY");
        Assert.Equal(0UL, (await _sink.NextAsync(_time)).Records.Single().Index);
        Assert.Equal(0UL, (await _sink.NextAsync(_time)).Records.Single().Index);
        Assert.Equal(1UL, (await _sink.NextAsync(_time)).Records.Single().Index);
        await UntilAsync(() => follower.State is { Standing: FeedStanding.Following, Position: 2, Behind: 0, Delivered: 2, Failures: 0, Code: null });
    }

    [Fact]
    public async Task A_feed_that_fails_says_since_when_and_why_and_counts_as_stalled_after_a_day_while_it_tries_on()
    {
        await OpenAsync(3);
        var began = _time.GetUtcNow();
        _sink.Answer = (_, _) => ValueTask.FromResult<FeedDelivery>(new FeedDelivery.Failed("WRIT2111", "HTTP status 500"));
        var follower = Start();
        await _sink.NextAsync();
        await UntilAsync(() => follower.State.Standing == FeedStanding.Retrying);
        Assert.Equivalent(new { Code = "WRIT2111", Error = "HTTP status 500", Behind = 3UL, Failures = 1, FailingSince = began, NextTryAt = began.AddSeconds(1) }, follower.State);
        while (follower.State.Standing != FeedStanding.Stalled)
            await _sink.NextAsync(_time);
        Assert.True(_time.GetUtcNow() - began >= TimeSpan.FromDays(1));
        await _sink.NextAsync(_time);

        _sink.Answer = (_, _) => ValueTask.FromResult<FeedDelivery>(FeedDelivery.Done.Instance);
        await _sink.NextAsync(_time);
        await UntilAsync(() => follower.State is { Standing: FeedStanding.Following, Behind: 0, FailingSince: null });
    }

    [Fact]
    public async Task A_receiver_that_wants_nothing_more_stops_the_feed()
    {
        await OpenAsync(1);
        _sink.Answer = (_, _) => ValueTask.FromResult<FeedDelivery>(new FeedDelivery.Ended("WRIT2112", "HTTP status 410"));
        var follower = Start();
        await _running[0];
        Assert.Equivalent(new { Standing = FeedStanding.Stopped, Code = "WRIT2112", Position = 0UL, Behind = 1UL }, follower.State);
    }

    [Fact]
    public async Task A_receiver_that_hangs_and_a_sink_with_a_bug_count_as_failures()
    {
        await OpenAsync(1);
        _sink.Answer = StubSink.NeverAsync;
        var follower = Start();
        await _sink.NextAsync();
        await UntilAsync(() => follower.State.Standing == FeedStanding.Retrying, moving: true);
        Assert.Equal("no answer within 30 s", follower.State.Error);
        _sink.Answer = (_, _) => throw new InvalidOperationException("secret");
        await _sink.NextAsync(_time);
        await UntilAsync(() => follower.State.Error == "sending failed inside Writ (InvalidOperationException)");
    }

    [Fact]
    public async Task After_a_crash_the_batch_that_was_on_its_way_comes_again_and_none_is_left_out()
    {
        await OpenAsync(2);
        Start();
        Assert.Equal([0UL, 1], await _sink.IndexesAsync());
        await UntilAsync(() => File.Exists(Cursor()));
        _sink.Answer = StubSink.NeverAsync;
        await _ledger.DecideAsync("2026-07-01", "DENY");
        Assert.Equal([2UL], await _sink.IndexesAsync());
        await StopAsync();
        await _ledger.DecideAsync("2026-07-01", "ALLOW");

        _sink.Answer = (_, _) => ValueTask.FromResult<FeedDelivery>(FeedDelivery.Done.Instance);
        Start();
        Assert.Equal([2UL, 3], await _sink.IndexesAsync());
    }

    [Fact]
    public async Task T41_a_log_that_is_not_the_one_that_was_followed_stops_the_feed_and_sends_nothing()
    {
        await OpenAsync(3);
        var kept = new FeedCursorFile(Cursor(), new byte[32]);
        foreach (var other in (Checkpoint[])[
            new("writ.example/default/decisions", 2, Hash256.Of([1])), // another history
            new("writ.example/default/decisions", 9, Hash256.Of([1])), // a longer one
            new("writ.example/other/decisions", 2, _ledger.Log.RootAt(2)!.Value)])
        {
            Assert.Null(kept.Write(other));
            var follower = Start();
            await _running[^1];
            Assert.Equal((FeedStanding.Stopped, "WRIT2110"), (follower.State.Standing, follower.State.Code));
        }

        Assert.Null(kept.Write(new Checkpoint("writ.example/default/decisions", 2, _ledger.Log.RootAt(2)!.Value)));
        Start();
        Assert.Equal([2UL], await _sink.IndexesAsync());
    }

    [Fact]
    public async Task A_cursor_that_whoever_writes_the_data_folder_moved_on_stops_the_feed_and_passes_nothing_over()
    {
        await OpenAsync(4);
        var kept = new FeedCursorFile(Cursor(), new byte[32]);
        Assert.Null(kept.Write(new Checkpoint("writ.example/default/decisions", 1, _ledger.Log.RootAt(1)!.Value)));
        var sound = await File.ReadAllTextAsync(Cursor(), TestContext.Current.CancellationToken);
        var ahead = new Checkpoint("writ.example/default/decisions", 3, _ledger.Log.RootAt(3)!.Value);
        Assert.Null(new FeedCursorFile(Cursor(), [1]).Write(ahead));
        string[] forged = [ahead.ToText(), ahead.ToText() + sound[(sound.IndexOf("hmac", StringComparison.Ordinal))..], await File.ReadAllTextAsync(Cursor(), TestContext.Current.CancellationToken)];
        foreach (var text in forged)
        {
            await File.WriteAllTextAsync(Cursor(), text, TestContext.Current.CancellationToken);
            var follower = Start();
            await _running[^1];
            Assert.Equal((FeedStanding.Stopped, "WRIT2115"), (follower.State.Standing, follower.State.Code));
        }

        await File.WriteAllTextAsync(Cursor(), sound, TestContext.Current.CancellationToken);
        Start();
        Assert.Equal([1UL, 2, 3], await _sink.IndexesAsync());
    }

    [Fact]
    public async Task A_cursor_that_cannot_be_read_stops_the_feed_and_is_not_taken_for_none()
    {
        await OpenAsync(1);
        await File.WriteAllTextAsync(Cursor(), "writ.example/default/decisions\n1\n", TestContext.Current.CancellationToken);
        var follower = Start();
        await _running[0];
        Assert.Equal((FeedStanding.Stopped, "WRIT2115"), (follower.State.Standing, follower.State.Code));
    }

    [Fact]
    public async Task Only_what_a_filter_wants_goes_out_and_the_place_moves_on_over_the_rest()
    {
        await OpenAsync(0);
        await _ledger.DecideAsync("2026-07-01", "ALLOW");
        await _ledger.DecideAsync("2026-07-01", "DENY");
        await _ledger.EffectAsync("2026-07-01", Guid.NewGuid(), "executed");
        await _ledger.DecideAsync("2026-07-01", "DENY");
        await _ledger.DecideAsync("2026-07-01", "ALLOW");
        var filter = _ledger.Parse("outcome = DENY").Filter;
        var follower = Start(wanted: (first, end) => _ledger.Index.Select(filter, first, end, _time));
        Assert.Equal([1UL, 3], await _sink.IndexesAsync());
        await UntilAsync(() => follower.State is { Position: 5, Behind: 0 });
        await _ledger.DecideAsync("2026-07-01", "ALLOW");
        await UntilAsync(() => follower.State.Position == 6, moving: true);
        await _ledger.DecideAsync("2026-07-01", "DENY");
        Assert.Equal(6UL, (await _sink.NextAsync(_time)).Records.Single().Index);
    }

    [Fact]
    public async Task A_feed_begins_where_it_was_told_to_and_waits_for_a_log_that_is_not_there_yet()
    {
        await OpenAsync(3);
        var isThere = false;
        Start(begin: 2, find: () => isThere ? _ledger.Log : null);
        isThere = true;
        Assert.Equal(2UL, (await _sink.NextAsync(_time)).Records.Single().Index);
        await StopAsync();
        var beyond = Start("beyond", begin: 9);
        await _running[^1];
        Assert.Equal("WRIT2110", beyond.State.Code);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _ledger.DisposeAsync();
    }

    private async Task OpenAsync(int records)
    {
        _ledger = await QueryLedger.OpenAsync();
        for (var i = 0; i < records; i++)
            await _ledger.DecideAsync("2026-07-01", "ALLOW");
    }

    private string Cursor(string name = "feed") => Path.Combine(_ledger.Folder, name + ".cursor");

    private FeedFollower Start(
        string name = "feed", ulong begin = 0, FeedOptions? options = null, Func<ulong, ulong, LiveSelection?>? wanted = null, Func<Writ.Ledger.LogicalLog?>? find = null)
    {
        var follower = new FeedFollower(
            OrganizationId.Parse("default"), find ?? (() => _ledger.Log), wanted, begin, new FeedCursorFile(Cursor(name), new byte[32]), _sink, options ?? new FeedOptions { Gather = TimeSpan.Zero }, _time, () => 0);
        _running.Add(follower.RunAsync(_stops[^1].Token));
        return follower;
    }

    /// <summary>Ends what runs as the end of a process would.</summary>
    private async Task StopAsync()
    {
        await _stops[^1].CancelAsync();
        await Task.WhenAll(_running);
        _stops.Add(new CancellationTokenSource());
    }

    private async Task UntilAsync(Func<bool> holds, bool moving = false)
    {
        while (!holds())
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            if (moving)
                _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }
    }
}
