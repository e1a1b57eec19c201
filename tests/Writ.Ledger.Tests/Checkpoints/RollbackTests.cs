using Writ.Crypto.Signing;
using Writ.Ledger.Checkpoints;

namespace Writ.Ledger.Tests.Checkpoints;

public sealed class RollbackTests
{
    private static void CopyFolder(string from, string to)
    {
        if (Directory.Exists(to))
            Directory.Delete(to, recursive: true);
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    private static async Task FillAsync(TestLedger folder, int count)
    {
        await using var ledger = await folder.OpenAsync();
        await TestLedger.AppendAsync(ledger, await TestLedger.LogAsync(ledger), count);
    }

    [Fact]
    public async Task T34_a_data_folder_rolled_back_to_an_older_copy_is_refused()
    {
        using var folder = new TestLedger();
        await FillAsync(folder, 5);
        CopyFolder(folder.Options.DataFolder, folder.Options.DataFolder + ".old");
        await FillAsync(folder, 5);
        CopyFolder(folder.Options.DataFolder, folder.Options.DataFolder + ".new");
        CopyFolder(folder.Options.DataFolder + ".old", folder.Options.DataFolder);
        Assert.Equal(LedgerFaultKind.RolledBack, (await folder.RefusedAsync()).Kind);
        CopyFolder(folder.Options.DataFolder + ".new", folder.Options.DataFolder);
        await FillAsync(folder, 1);
    }

    [Fact]
    public async Task T38_a_data_folder_rewritten_as_a_whole_is_refused()
    {
        using var folder = new TestLedger();
        await FillAsync(folder, 5);

        // The attacker has the binary and writes a longer, perfectly consistent history with another configuration folder.
        using var forged = new TestLedger();
        await using (var ledger = await forged.OpenAsync())
        {
            var log = await TestLedger.LogAsync(ledger);
            for (var i = 0; i < 9; i++)
                Assert.True((await ledger.AppendAsync(log, "{\"outcome\":\"ALLOW\"}"u8.ToArray())).IsDurable);
        }

        CopyFolder(forged.Options.DataFolder, folder.Options.DataFolder);
        Assert.Equal(LedgerFaultKind.HistoryDiffers, (await folder.RefusedAsync()).Kind);
    }

    [Fact]
    public async Task T41_a_restored_backup_does_not_sign_a_second_history()
    {
        using var folder = new TestLedger();
        await FillAsync(folder, 5);
        CopyFolder(folder.Options.DataFolder, folder.Options.DataFolder + ".backup");
        await FillAsync(folder, 3);
        var kept = File.ReadAllBytes(Directory.GetFiles(folder.CheckpointPath, "*.checkpoint").Single());
        CopyFolder(folder.Options.DataFolder + ".backup", folder.Options.DataFolder);
        Assert.Equal(LedgerFaultKind.RolledBack, (await folder.RefusedAsync()).Kind);
        Assert.Equal(kept, File.ReadAllBytes(Directory.GetFiles(folder.CheckpointPath, "*.checkpoint").Single()));
    }

    [Fact]
    public async Task A_log_whose_kept_checkpoint_is_gone_is_refused()
    {
        using var folder = new TestLedger();
        await FillAsync(folder, 1);
        File.Delete(Directory.GetFiles(folder.CheckpointPath, "*.checkpoint").Single());
        Assert.Equal(LedgerFaultKind.CheckpointMissing, (await folder.RefusedAsync()).Kind);
    }

    [Fact]
    public async Task A_deleted_data_folder_is_refused()
    {
        using var folder = new TestLedger();
        await FillAsync(folder, 1);
        Directory.Delete(folder.Options.DataFolder, recursive: true);
        Assert.Equal(LedgerFaultKind.RolledBack, (await folder.RefusedAsync()).Kind);
    }

    [Fact]
    public async Task A_checkpoint_of_another_key_is_refused()
    {
        using var folder = new TestLedger();
        await FillAsync(folder, 1);
        using var other = Ed25519PrivateKey.Generate();
        var options = folder.Options;
        folder.Options = options with { SigningKey = other };
        Assert.Equal(LedgerFaultKind.CheckpointInvalid, (await folder.RefusedAsync()).Kind);
        folder.Options = options;
        await FillAsync(folder, 1);
    }

    [Fact]
    public async Task A_checkpoint_store_inside_the_data_folder_is_refused()
    {
        using var folder = new TestLedger();
        folder.Options = folder.Options with { Checkpoints = new CheckpointFolder(Path.Combine(folder.Options.DataFolder, "kept")) };
        Assert.Equal(LedgerFaultKind.OptionsInvalid, (await folder.RefusedAsync()).Kind);
    }

    [Fact]
    public async Task A_second_signer_is_noticed_before_a_second_signature_leaves()
    {
        using var folder = new TestLedger();
        await using var ledger = await folder.OpenAsync();
        var log = await TestLedger.LogAsync(ledger);
        await TestLedger.AppendAsync(ledger, log, 2);
        Assert.IsType<CheckpointSigning.Done>(ledger.SignCheckpoint(log));

        var file = Directory.GetFiles(folder.CheckpointPath, "*.checkpoint").Single();
        File.WriteAllBytes(file, new Checkpoint(TestLedger.Origin, 7, log.Head.Root).Sign(TestLedger.Key).ToBytes());
        await TestLedger.AppendAsync(ledger, log, 1);
        var refused = Assert.IsType<CheckpointSigning.Refused>(ledger.SignCheckpoint(log));
        Assert.Equal(LedgerFaultKind.CheckpointConflict, refused.Fault.Kind);
        Assert.IsType<CheckpointSigning.Refused>(ledger.SignCheckpoint(log));
    }

    [Fact]
    public async Task Checkpoints_are_signed_by_time_by_records_and_at_close()
    {
        using var folder = new TestLedger();
        folder.Options = folder.Options with { CheckpointInterval = TimeSpan.FromSeconds(5) };
        await using (var ledger = await folder.OpenAsync())
        {
            var log = await TestLedger.LogAsync(ledger);
            await TestLedger.AppendAsync(ledger, log, 3);
            Assert.Equal(0UL, ledger.LastCheckpoint(log)!.Checkpoint.Size);
            folder.Time.Advance(TimeSpan.FromSeconds(5));
            Assert.Equal(3UL, ledger.LastCheckpoint(log)!.Checkpoint.Size);
            await TestLedger.AppendAsync(ledger, log, 1);
        }

        var swapped = new SignallingStore(folder.Options.Checkpoints);
        folder.Options = folder.Options with { CheckpointInterval = TimeSpan.Zero, CheckpointEveryRecords = 10, Checkpoints = swapped };
        await using var again = await folder.OpenAsync();
        var found = again.FindLog(TestLedger.Origin)!;
        Assert.Equal(4UL, again.LastCheckpoint(found)!.Checkpoint.Size);
        await TestLedger.AppendAsync(again, found, 20);
        await swapped.Swapped.Task;
        Assert.True(again.SignCheckpoint(found) is CheckpointSigning.Done { Signed.Checkpoint.Size: 24 });
    }

    /// <summary>A store that tells when it was written to.</summary>
    private sealed class SignallingStore(ICheckpointStore inner) : ICheckpointStore
    {
        public TaskCompletionSource Swapped { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public LedgerFault? ReadAll(IDictionary<string, byte[]> notes) => inner.ReadAll(notes);

        public LedgerFault? CompareAndSwap(string origin, byte[]? expected, byte[] next)
        {
            var fault = inner.CompareAndSwap(origin, expected, next);
            Swapped.TrySetResult();
            return fault;
        }
    }
}
