using Writ.Ledger.Disks;

namespace Writ.Ledger.Tests.Faults;

public sealed class FaultTests
{
    /// <summary>EROFS: the kernel made the file system read-only under an open file, as it does after an error of the disk.</summary>
    private const int ReadOnly = 30;

    private static (TestLedger Folder, FaultyDisk Disk) New()
    {
        var disk = new FaultyDisk();
        var folder = new TestLedger();
        folder.Options = folder.Options with { Disk = disk };
        return (folder, disk);
    }

    [Theory]
    [InlineData("pwrite", DiskFault.InputOutput, 0)]
    [InlineData("pwrite", 0, 700)]
    [InlineData("pwrite", DiskFault.NoSpace, 512)]
    [InlineData("fdatasync", DiskFault.InputOutput, 0)]
    [InlineData("pwrite", ReadOnly, 0)]
    [InlineData("fdatasync", ReadOnly, 0)]
    public async Task T36_a_failed_write_or_flush_fences_the_ledger_until_it_is_reopened(string operation, int error, int taken)
    {
        var (folder, disk) = New();
        using var owned = folder;
        disk.ShortWrite = taken;
        await using (var ledger = await folder.OpenAsync())
        {
            var log = await TestLedger.LogAsync(ledger);
            await TestLedger.AppendAsync(ledger, log, 5);
            disk.Fails = (op, path) => op == operation && path.EndsWith(".seg", StringComparison.Ordinal) ? new DiskFault(op, path, error) : null;
            var pending = Enumerable.Range(0, 50).Select(i => ledger.AppendAsync(log, TestLedger.Record(1000)).AsTask()).ToArray();
            var results = await Task.WhenAll(pending);
            Assert.All(results, r => Assert.False(r.IsDurable));
            Assert.Contains(results, r => r.Fault!.Kind == LedgerFaultKind.FlushFailed && r.Fault.OutcomeIsUnknown);
            Assert.Equal(5UL, log.Head.Size);
            Assert.Equal(LedgerFaultKind.Fenced, ledger.Fence!.Kind);

            // The disk works again, but what the page cache says is no longer believed: nothing is tried again.
            disk.Fails = (_, _) => null;
            var flushes = disk.Flushes;
            Assert.Equal(LedgerFaultKind.Fenced, (await ledger.AppendAsync(log, TestLedger.Record(5))).Fault!.Kind);
            Assert.IsType<Ledger.Checkpoints.CheckpointSigning.Refused>(ledger.SignCheckpoint(log));
            Assert.Equal(flushes, disk.Flushes);
            Assert.Equal(LedgerFaultKind.Fenced, (await ledger.CloseAsync())!.Kind);
        }

        await using var again = await folder.OpenAsync();
        var found = again.FindLog(TestLedger.Origin)!;
        Assert.Equal(TestLedger.Record(4), found.Read(4).Bytes.ToArray());
        var result = await again.AppendAsync(found, TestLedger.Record(1));
        Assert.True(result.IsDurable && result.Index >= 5);
    }

    [Fact]
    public async Task A_payload_is_flushed_before_its_record_is_written()
    {
        var (folder, disk) = New();
        using var owned = folder;
        await using var ledger = await folder.OpenAsync();
        var log = await TestLedger.LogAsync(ledger);
        await TestLedger.AppendAsync(ledger, log, 1);
        var order = new List<string>();
        disk.Fails = (op, path) =>
        {
            lock (order)
                order.Add($"{op} {Path.GetExtension(path)}");
            return null;
        };
        Assert.True((await ledger.AppendAsync(log, new byte[10], new byte[100])).IsDurable);
        lock (order)
        {
            order.RemoveAll(o => o.EndsWith(".new", StringComparison.Ordinal));
            Assert.True(order.IndexOf("fdatasync .vlt") < order.IndexOf("pwrite .seg"), string.Join(", ", order));
            Assert.True(order.IndexOf("pwrite .vlt") < order.IndexOf("fdatasync .vlt"), string.Join(", ", order));
            Assert.Contains("fdatasync .seg", order);
        }

        disk.Fails = (op, path) => op == "fdatasync" && path.EndsWith(".vlt", StringComparison.Ordinal) ? new DiskFault(op, path, DiskFault.InputOutput) : null;
        Assert.Equal(LedgerFaultKind.FlushFailed, (await ledger.AppendAsync(log, new byte[10], new byte[100])).Fault!.Kind);
        Assert.Equal(2UL, log.Head.Size);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_full_disk_refuses_ordinary_records_and_keeps_the_reserve_for_the_others(bool inTheVault)
    {
        var (folder, disk) = New();
        using var owned = folder;
        await using var ledger = await folder.OpenAsync();
        var log = await TestLedger.LogAsync(ledger);
        byte[] record = new byte[inTheVault ? 1 : 3000], payload = new byte[inTheVault ? 3000 : 0];
        Assert.True((await ledger.AppendAsync(log, record, payload)).IsDurable);
        disk.Fails = (op, path) => path.EndsWith(".new", StringComparison.Ordinal) ? new DiskFault(op, path, DiskFault.NoSpace) : null;

        AppendResult result;
        while ((result = await ledger.AppendAsync(log, record, payload)).IsDurable)
        {
        }

        Assert.Equal(LedgerFaultKind.DiskFull, result.Fault!.Kind);
        Assert.False(result.Fault.OutcomeIsUnknown);
        Assert.Contains("No space left", result.Fault.Detail);
        Assert.Null(ledger.Fence);

        // The reserve of 16 KiB takes at least four records of 3 KB with their sectors, mixed with refused ordinary ones.
        var reserved = 0;
        for (var i = 0; i < 4; i++)
        {
            var ordinary = ledger.AppendAsync(log, record, payload);
            reserved += (await ledger.AppendAsync(log, record, payload, AppendClass.Reserved)).IsDurable ? 1 : 0;
            Assert.Equal(LedgerFaultKind.DiskFull, (await ordinary).Fault!.Kind);
        }

        Assert.Equal(4, reserved);
        var size = log.Head.Size;
        while ((await ledger.AppendAsync(log, record, payload, AppendClass.Reserved)).IsDurable)
            size++;
        Assert.Equal(size, log.Head.Size);

        // Somebody makes room: within a second of the next refusal appends are taken again, without a restart.
        disk.Fails = (_, _) => null;
        folder.Time.Advance(TimeSpan.FromSeconds(2));
        await ledger.AppendAsync(log, record, payload);
        Assert.True((await ledger.AppendAsync(log, record, payload)).IsDurable);
    }

    [Fact]
    public async Task A_full_queue_answers_and_neither_drops_nor_blocks()
    {
        var (folder, disk) = New();
        using var owned = folder;
        folder.Options = folder.Options with { QueueCount = 64 };
        await using var ledger = await folder.OpenAsync();
        var log = await TestLedger.LogAsync(ledger);
        using var gate = new ManualResetEventSlim();
        disk.Fails = (op, path) =>
        {
            if (op == "fdatasync" && path.EndsWith(".seg", StringComparison.Ordinal))
                gate.Wait();
            return null;
        };

        // Two batches can be on their way to the disk that hangs; what is beyond them and the queue must be refused.
        var appends = new List<Task<AppendResult>>();
        for (var i = 0; i < 400; i++)
            appends.Add(ledger.AppendAsync(log, TestLedger.Record((ulong)i)).AsTask());
        Assert.Contains(appends, a => a.IsCompletedSuccessfully && a.Result.Fault?.Kind == LedgerFaultKind.QueueFull);
        var reserved = ledger.AppendAsync(log, "kill"u8.ToArray(), default, AppendClass.Reserved).AsTask();
        Assert.False(reserved.IsCompleted);
        gate.Set();
        var results = await Task.WhenAll(appends);
        Assert.True((await reserved).IsDurable);
        Assert.Equal(log.Head.Size, (ulong)results.Count(r => r.IsDurable) + 1);
        Assert.All(results, r => Assert.True(r.IsDurable || r.Fault.Kind == LedgerFaultKind.QueueFull));
    }

    [Fact]
    public async Task A_cancelled_wait_says_that_the_record_may_be_written()
    {
        var (folder, disk) = New();
        using var owned = folder;

        // Outlives the ledger: a spare segment may be flushed until the ledger is closed.
        using var gate = new ManualResetEventSlim();
        await using var ledger = await folder.OpenAsync();
        var log = await TestLedger.LogAsync(ledger);
        using var cancelled = new CancellationTokenSource();
        disk.Fails = (op, _) =>
        {
            if (op == "fdatasync")
                gate.Wait();
            return null;
        };
        var pending = ledger.AppendAsync(log, TestLedger.Record(0), cancellationToken: cancelled.Token);
        cancelled.Cancel();
        var result = await pending;
        Assert.Equal(LedgerFaultKind.AwaitCancelled, result.Fault!.Kind);
        Assert.True(result.Fault.OutcomeIsUnknown);
        Assert.Equal(LedgerFaultKind.Cancelled, (await ledger.AppendAsync(log, TestLedger.Record(1), cancellationToken: cancelled.Token)).Fault!.Kind);
        gate.Set();
        Assert.True((await ledger.AppendAsync(log, TestLedger.Record(1))).IsDurable);
        TestLedger.AssertRecords(log, 2);
    }

    [Fact]
    public async Task A_segment_of_a_newer_version_is_refused_as_such()
    {
        using var folder = new TestLedger();
        await using (var ledger = await folder.OpenAsync())
            await TestLedger.AppendAsync(ledger, await TestLedger.LogAsync(ledger), 1);
        var file = Path.Combine(folder.Segments, "0000000001.seg");
        var bytes = File.ReadAllBytes(file);
        bytes[8] = 2;
        BitConverter.TryWriteBytes(bytes.AsSpan(508), Crypto.Hashing.Crc32C.Compute(bytes.AsSpan(0, 508)));
        File.WriteAllBytes(file, bytes);
        Assert.Equal(LedgerFaultKind.FormatTooNew, (await folder.RefusedAsync()).Kind);
    }
}
