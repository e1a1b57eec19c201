using System.Text.Json;
using Writ.Ledger.Checkpoints;
using Writ.Ledger.Notes;
using Writ.Ledger.Tiles;
using Writ.Ledger.Trust;
using Writ.Testing;

namespace Writ.Ledger.Tests.Tiles;

public sealed class TileVectorTests
{
    private const string TesseraKey = "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_Tessera_log_verifies_at_each_of_its_sizes_and_proves_its_entries()
    {
        var folder = Corpora.Require("tlog/tessera-posix-log/testdata/log");
        Assert.True(NoteVerifierKey.TryParse(TesseraKey, out var key));
        var log = new TiledLog(new FolderLogReader(folder));
        var newest = Assert.IsType<LogReading<SignedCheckpoint>.Read>(await log.ReadCheckpointAsync(TrustPolicy.ForLog(key), Stop)).Value.Checkpoint;
        Assert.Equal(15UL, newest.Size);
        for (var size = 0; size <= 15; size++)
        {
            Assert.Null(TrustPolicy.ForKey(key.Key).Accept(await File.ReadAllBytesAsync(Path.Combine(folder, $"checkpoint.{size}"), Stop), out var signed));
            var report = await log.VerifyAsync(signed!.Checkpoint, cancellationToken: Stop);
            Assert.Empty(report.Findings);
            Assert.Equal((ulong)size, report.Entries);
            Assert.IsType<LogReading<IReadOnlyList<Crypto.Hashing.Hash256>>.Read>(await log.ProveConsistencyAsync(signed.Checkpoint, newest, Stop));
            if (size < 15)
                Assert.IsType<LogReading<ProvedEntry>.Read>(await log.ReadEntryAsync((ulong)size, newest, Stop));
        }

        Assert.False((await log.VerifyAsync(newest with { Root = default }, cancellationToken: Stop)).IsSound);
        Assert.True(NoteVerifierKey.TryParse("mirror.example.org+3fb148ef+BAAjjch9GyYz0sJsJx7ALhbdAtz2ov0unbzSl1vMp94O", out var other));
        Assert.Equal(LedgerFaultKind.CheckpointUntrusted, Assert.IsType<LogReading<SignedCheckpoint>.Failed>(await log.ReadCheckpointAsync(TrustPolicy.ForLog(other), Stop)).Fault.Kind);
        Assert.Equal(LedgerFaultKind.CheckpointUntrusted, Assert.IsType<LogReading<SignedCheckpoint>.Failed>(await log.ReadCheckpointAsync(TrustPolicy.ForKey(other.Key), Stop)).Fault.Kind);
    }

    [Fact]
    public async Task The_Sunlight_mirror_verifies_by_its_hashes_alone()
    {
        var mirror = Corpora.Require("tlog/sunlight-mirror/cmd/skylight/testdata/witness/mirror");
        var folder = Directory.GetDirectories(mirror).Single();
        Assert.True(SignedNote.TryParse(await File.ReadAllBytesAsync(Path.Combine(folder, "checkpoint"), Stop), out var note));
        var keys = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(mirror, "mirror.v0.json"), Stop)).RootElement.GetProperty("verifier_keys");
        Assert.True(NoteVerifierKey.TryParse(keys[0].GetString()!, out var cosigner));
        Assert.True(note.IsSignedBy(cosigner));
        Assert.True(Checkpoint.TryParse(note.Text, out var checkpoint));

        var log = new TiledLog(new FolderLogReader(folder));
        var report = await log.VerifyAsync(checkpoint, withEntries: false, cancellationToken: Stop);
        Assert.Empty(report.Findings);
        Assert.Equal((300UL, 3UL), (checkpoint.Size, report.Tiles));
        Assert.Equal(2, (await log.VerifyAsync(checkpoint, cancellationToken: Stop)).Findings.Count(f => f.Kind == LedgerFaultKind.NotFound));
    }
}
