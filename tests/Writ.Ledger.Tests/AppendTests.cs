using System.Text;
using Writ.Crypto.Hashing;

namespace Writ.Ledger.Tests;

public sealed class AppendTests
{
    [Fact]
    public async Task A_record_is_read_back_after_reopening()
    {
        using var folder = new TestLedger();
        await using (var ledger = await folder.OpenAsync())
        {
            var log = await TestLedger.LogAsync(ledger);
            await TestLedger.AppendAsync(ledger, log, 10);
            TestLedger.AssertRecords(log, 10);
        }

        var opened = await folder.OpenReportedAsync();
        await using var again = opened.Ledger;
        Assert.True(opened.Report.IsClean);
        Assert.Equal(11UL, opened.Report.Records);
        var found = again.FindLog(TestLedger.Origin)!;
        TestLedger.AssertRecords(found, 10);
        await TestLedger.AppendAsync(again, found, 5);
        TestLedger.AssertRecords(found, 15);
        Assert.Equal(TestLedger.Record(12), found.Read(12).Bytes.ToArray());
        Assert.Equal(LedgerFaultKind.NotFound, found.Read(15).Fault!.Kind);
    }

    [Fact]
    public async Task A_wait_for_more_records_ends_with_the_flush_of_the_next_and_at_once_where_they_are_there()
    {
        using var folder = new TestLedger();
        await using var ledger = await folder.OpenAsync();
        var log = await TestLedger.LogAsync(ledger);
        var waits = Enumerable.Range(0, 3).Select(_ => log.WaitBeyondAsync(0, CancellationToken.None).AsTask()).ToArray();
        Assert.All(waits, wait => Assert.False(wait.IsCompleted));
        await TestLedger.AppendAsync(ledger, log, 1);
        await Task.WhenAll(waits);
        await log.WaitBeyondAsync(0, CancellationToken.None);

        using var stop = new CancellationTokenSource();
        var two = log.WaitBeyondAsync(2, stop.Token).AsTask();
        await TestLedger.AppendAsync(ledger, log, 1);
        Assert.False(two.IsCompleted);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => two);
    }

    [Fact]
    public async Task No_append_between_the_look_and_the_wait_is_missed()
    {
        using var folder = new TestLedger();
        await using var ledger = await folder.OpenAsync();
        var log = await TestLedger.LogAsync(ledger);
        var follower = Task.Run(async () =>
        {
            for (var seen = 0UL; seen < 2_000; seen = log.Head.Size)
                await log.WaitBeyondAsync(seen, TestContext.Current.CancellationToken);
        });
        for (var i = 0; i < 2_000; i++)
            await TestLedger.AppendAsync(ledger, log, 1);
        await follower;
    }

    [Fact]
    public async Task Many_callers_and_many_logs_share_segments_that_roll()
    {
        using var folder = new TestLedger();
        const int logs = 7, callers = 64, each = 40;
        await using (var ledger = await folder.OpenAsync())
        {
            await Task.WhenAll(Enumerable.Range(0, callers).Select(async caller =>
            {
                var log = await TestLedger.LogAsync(ledger, $"test.example/{caller % logs}");
                for (var i = 0; i < each; i++)
                {
                    var bytes = Encoding.UTF8.GetBytes($"{caller}:{i}:{new string('x', 700)}");
                    var result = await ledger.AppendAsync(log, bytes);
                    Assert.True(result.IsDurable, result.Fault?.ToString());
                    Assert.Equal(MerkleHash.Leaf(bytes), result.Leaf);
                    Assert.Equal(bytes, log.Read(result.Index).Bytes.ToArray());
                }
            }));
        }

        Assert.True(Directory.GetFiles(folder.Segments).Length > 5);
        await using var again = await folder.OpenAsync();
        Assert.Equal(logs, again.Logs.Count);
        foreach (var log in again.Logs)
        {
            var seen = new Dictionary<string, int>();
            foreach (var record in log.ReadFrom())
            {
                var parts = Encoding.UTF8.GetString(record.Bytes.Span).Split(':');
                // Each caller awaited every append: its records are in its order.
                Assert.Equal(seen.GetValueOrDefault(parts[0]), int.Parse(parts[1]));
                seen[parts[0]] = int.Parse(parts[1]) + 1;
            }

            Assert.All(seen.Values, count => Assert.Equal(each, count));
        }
    }

    [Fact]
    public async Task A_payload_is_found_by_the_index_of_its_record()
    {
        using var folder = new TestLedger();
        static byte[] Payload(int i) => Encoding.UTF8.GetBytes($"sealed {i} {new string('p', i * 37 % 4000)}");
        await using (var ledger = await folder.OpenAsync())
        {
            var log = await TestLedger.LogAsync(ledger);
            var other = await TestLedger.LogAsync(ledger, "test.example/other");
            foreach (var some in Enumerable.Range(0, 400).Chunk(20))
            {
                await Task.WhenAll(some.Select(async i =>
                {
                    var target = i % 2 == 0 ? log : other;
                    var result = await ledger.AppendAsync(target, Encoding.UTF8.GetBytes($"{i}"), i % 3 == 0 ? Payload(i) : default);
                    Assert.True(result.IsDurable, result.Fault?.ToString());
                }));
            }
        }

        await using var again = await folder.OpenAsync();
        Assert.True(Directory.GetFiles(folder.Vault).Length > 1);
        foreach (var log in again.Logs)
        {
            foreach (var record in log.ReadFrom())
            {
                var i = int.Parse(Encoding.UTF8.GetString(record.Bytes.Span));
                var payload = log.ReadPayload(record.Index);
                if (i % 3 == 0)
                    Assert.Equal(Payload(i), payload.Bytes.ToArray());
                else
                    Assert.Equal(LedgerFaultKind.NotFound, payload.Fault!.Kind);
            }
        }
    }

    [Fact]
    public async Task Records_of_every_legal_length_are_taken_and_others_refused()
    {
        using var folder = new TestLedger();
        await using var ledger = await folder.OpenAsync();
        var log = await TestLedger.LogAsync(ledger);
        Assert.True((await ledger.AppendAsync(log, new byte[1])).IsDurable);
        Assert.True((await ledger.AppendAsync(log, new byte[65_535])).IsDurable);
        Assert.True((await ledger.AppendAsync(log, new byte[1], new byte[32 * 1024])).IsDurable);
        Assert.Equal(LedgerFaultKind.RecordLength, (await ledger.AppendAsync(log, new byte[65_536])).Fault!.Kind);
        Assert.Equal(LedgerFaultKind.RecordLength, (await ledger.AppendAsync(log, default)).Fault!.Kind);
        Assert.Equal(LedgerFaultKind.PayloadLength, (await ledger.AppendAsync(log, new byte[1], new byte[32 * 1024 + 1])).Fault!.Kind);
        Assert.Equal(3UL, log.Head.Size);
    }

    [Fact]
    public async Task A_second_owner_is_refused()
    {
        using var folder = new TestLedger();
        await using (await folder.OpenAsync())
            Assert.Equal(LedgerFaultKind.FolderInUse, (await folder.RefusedAsync()).Kind);
        await using var again = await folder.OpenAsync();
    }

    [Fact]
    public async Task A_closed_ledger_refuses()
    {
        using var folder = new TestLedger();
        var ledger = await folder.OpenAsync();
        var log = await TestLedger.LogAsync(ledger);
        Assert.Null(await ledger.CloseAsync());
        Assert.Equal(LedgerFaultKind.Closed, (await ledger.AppendAsync(log, new byte[1])).Fault!.Kind);
        Assert.Null(await ledger.CloseAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a+b")]
    [InlineData("a\nb")]
    [InlineData("a\u200Bb")]
    [InlineData("a\uD800")]
    public async Task An_origin_that_a_checkpoint_cannot_carry_is_refused(string origin)
    {
        using var folder = new TestLedger();
        await using var ledger = await folder.OpenAsync();
        var refused = Assert.IsType<LogOpening.Refused>(await ledger.OpenLogAsync(origin));
        Assert.Equal(LedgerFaultKind.OriginInvalid, refused.Fault.Kind);
    }
}
