using System.Text;
using Writ.Crypto.Hashing;
using Writ.Crypto.Signing;
using Writ.Ledger.Checkpoints;
using Writ.Ledger.Notes;
using Writ.Ledger.Tiles;
using Writ.Ledger.Witnessing;
using Writ.Testing;

namespace Writ.Ledger.Tests.Witnessing;

/// <summary>What a witness answers, in the order of checks of C2SP tlog-witness.</summary>
public sealed class LogWitnessTests : IAsyncLifetime
{
    private readonly TestLedger _folder = new();
    private readonly WitnessTown _town = new();
    private MerkleLedger _ledger = null!;
    private LogicalLog _log = null!;
    private LogWitness _witness = null!;

    public async ValueTask InitializeAsync()
    {
        _ledger = await _folder.OpenAsync();
        _log = await TestLedger.LogAsync(_ledger);
        await TestLedger.AppendAsync(_ledger, _log, 20);
        _witness = _town.Start("w1");
    }

    public async ValueTask DisposeAsync()
    {
        await _ledger.DisposeAsync();
        _folder.Dispose();
        _town.Dispose();
    }

    private byte[] Note(ulong size, Hash256? root = null, Ed25519PrivateKey? key = null, string origin = TestLedger.Origin) =>
        new Checkpoint(origin, size, root ?? _log.RootAt(size)!.Value).Sign(key ?? TestLedger.Key).ToBytes();

    private WitnessAnswer Ask(ulong old, ulong size, byte[]? note = null, IReadOnlyList<Hash256>? proof = null) =>
        _witness.AddCheckpoint(new AddCheckpointRequest(old, proof ?? _log.ProveConsistency(old, Math.Max(old, size))!, note ?? Note(size)).ToBytes());

    [Fact]
    public void A_log_that_only_grows_is_cosigned_with_the_time_and_what_was_cosigned_is_shown()
    {
        var hash = Hash256.Of(Encoding.UTF8.GetBytes(TestLedger.Origin));
        Assert.Null(_witness.Latest(hash));
        foreach (var (old, size) in new (ulong, ulong)[] { (0, 0), (0, 3), (3, 3), (3, 8), (8, 20) })
        {
            var cosigned = Assert.IsType<WitnessAnswer.Cosigned>(Ask(old, size));
            Assert.True(SignedNote.TryParse([.. Note(size), .. cosigned.Lines.Span], out var note));
            Assert.True(note.IsSignedBy(_witness.Identity));
            Assert.True(note.IsSignedBy(WitnessTown.LogKey));
            Assert.Equal(_town.Time.GetUtcNow(), NoteVerifierKey.TimeOf(note.Signatures[^1]));
            Assert.Equal(note.ToBytes(), _witness.Latest(hash)!.Value.ToArray());
            _town.Time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Null(_witness.Latest(Hash256.Of("other"u8)));
    }

    [Fact]
    public void Every_other_request_has_its_own_refusal_and_changes_nothing()
    {
        Assert.IsType<WitnessAnswer.Cosigned>(Ask(0, 8));
        using var other = Ed25519PrivateKey.Generate();

        Assert.IsType<WitnessAnswer.UnknownLog>(Ask(8, 9, Note(9, origin: "other.example")));
        Assert.IsType<WitnessAnswer.Unsigned>(Ask(8, 9, Note(9, key: other)));
        Assert.True(SignedNote.TryParse(Note(9), out var good));
        Assert.True(SignedNote.TryParse(Note(10), out var wrong));
        Assert.IsType<WitnessAnswer.Unsigned>(Ask(8, 9, good.With([.. good.Signatures, .. wrong.Signatures]).ToBytes()));
        Assert.IsType<WitnessAnswer.Malformed>(Ask(9, 8, Note(8), []));
        Assert.Equal(8UL, Assert.IsType<WitnessAnswer.Behind>(Ask(0, 9)).Size);
        Assert.Equal(8UL, Assert.IsType<WitnessAnswer.Behind>(Ask(7, 9)).Size);
        Assert.Equal(8UL, Assert.IsType<WitnessAnswer.Behind>(Ask(3, 7)).Size);
        Assert.IsType<WitnessAnswer.Inconsistent>(Ask(8, 8, Note(8, _log.RootAt(7))));
        Assert.IsType<WitnessAnswer.Inconsistent>(Ask(8, 9, Note(9, _log.RootAt(7))));
        Assert.IsType<WitnessAnswer.Inconsistent>(Ask(8, 9, proof: []));
        Assert.IsType<WitnessAnswer.Inconsistent>(Ask(8, 8, proof: [default]));
        Assert.IsType<WitnessAnswer.Inconsistent>(Ask(8, 9, proof: [.. _log.ProveConsistency(8, 9)!, default]));
        Assert.IsType<WitnessAnswer.Cosigned>(Ask(8, 9));
    }

    [Fact]
    public void From_nothing_the_proof_is_empty_and_an_empty_log_has_the_empty_root()
    {
        Assert.IsType<WitnessAnswer.Inconsistent>(Ask(0, 5, proof: [default]));
        Assert.IsType<WitnessAnswer.Inconsistent>(Ask(0, 0, Note(0, _log.RootAt(1))));
        Assert.IsType<WitnessAnswer.Cosigned>(Ask(0, 5));
    }

    [Theory]
    [InlineData("")]
    [InlineData("old 0\n")]
    [InlineData("old 00\n\nNOTE")]
    [InlineData("old -1\n\nNOTE")]
    [InlineData("old 18446744073709551616\n\nNOTE")]
    [InlineData("OLD 0\n\nNOTE")]
    [InlineData("old 0 \n\nNOTE")]
    [InlineData("old  0\n\nNOTE")]
    [InlineData("\nold 0\n\nNOTE")]
    [InlineData("old 0\nAAAA\n\nNOTE")]
    [InlineData("old 0\n\nno note")]
    [InlineData("old 0\r\n\r\nNOTE")]
    public void A_request_of_another_form_is_malformed(string text)
    {
        var body = Encoding.UTF8.GetBytes(text.Replace("NOTE", Encoding.UTF8.GetString(Note(3)), StringComparison.Ordinal));
        Assert.IsType<WitnessAnswer.Malformed>(_witness.AddCheckpoint(body));
        Assert.IsType<WitnessAnswer.Cosigned>(_witness.AddCheckpoint(Encoding.UTF8.GetBytes("old 0\n\n" + Encoding.UTF8.GetString(Note(3)))));
    }

    [Fact]
    public void More_than_63_hashes_or_too_many_bytes_are_malformed()
    {
        Assert.IsType<WitnessAnswer.Inconsistent>(Ask(0, 3, proof: new Hash256[63]));
        Assert.IsType<WitnessAnswer.Malformed>(Ask(0, 3, proof: new Hash256[64]));
        Assert.IsType<WitnessAnswer.Malformed>(_witness.AddCheckpoint(new byte[AddCheckpointRequest.MaxLength + 1]));
    }

    [Fact]
    public void What_cannot_be_kept_is_not_cosigned()
    {
        var witness = _town.Start("w2", new BrokenStore());
        var answer = witness.AddCheckpoint(new AddCheckpointRequest(0, [], Note(3)).ToBytes());
        Assert.Equal(LedgerFaultKind.StorageFailed, Assert.IsType<WitnessAnswer.NotKept>(answer).Fault.Kind);
        Assert.Null(witness.Latest(Hash256.Of(Encoding.UTF8.GetBytes(TestLedger.Origin))));
    }

    [Fact]
    public void T38_a_witness_that_starts_again_remembers_and_one_with_another_key_or_a_forged_memory_does_not_start()
    {
        Assert.IsType<WitnessAnswer.Cosigned>(Ask(0, 8));
        _witness = _town.Start("w1");
        Assert.Equal(8UL, Assert.IsType<WitnessAnswer.Behind>(Ask(0, 9)).Size);
        using var other = Ed25519PrivateKey.Generate();
        Assert.Null(LogWitness.Start("w1.example", other, [WitnessTown.LogKey], _town.Folder("w1"), _town.Time, out var fault));
        Assert.Equal(LedgerFaultKind.CheckpointInvalid, fault!.Kind);
        var file = Directory.GetFiles(_town.Folder("w1").Path, "*.checkpoint").Single();
        File.WriteAllBytes(file, Note(3));
        Assert.Null(LogWitness.Start("w1.example", other, [WitnessTown.LogKey], _town.Folder("w1"), _town.Time, out _));
    }

    [Fact]
    public async Task Of_requests_at_once_each_continues_the_one_before_or_is_told_where_the_log_is()
    {
        var sizes = Enumerable.Range(1, 20).Select(i => (ulong)i).ToArray();
        var answers = await Task.WhenAll(sizes.Select(size => Task.Run(() => (size, Ask(0, size)))));
        var (won, _) = Assert.Single(answers, a => a.Item2 is WitnessAnswer.Cosigned);
        Assert.All(answers.Where(a => a.size != won), a => Assert.Equal(won, Assert.IsType<WitnessAnswer.Behind>(a.Item2).Size));
    }

    [Fact]
    public void A_second_process_on_the_same_folder_cannot_make_it_cosign_two_histories()
    {
        var twin = _town.Start("w1");
        Assert.IsType<WitnessAnswer.Cosigned>(Ask(0, 8));
        Assert.Equal(LedgerFaultKind.CheckpointConflict, Assert.IsType<WitnessAnswer.NotKept>(twin.AddCheckpoint(new AddCheckpointRequest(0, [], Note(9)).ToBytes())).Fault.Kind);
    }

    [Fact]
    public async Task The_checkpoints_of_the_Tessera_log_are_cosigned_one_after_the_other()
    {
        var folder = Corpora.Require("tlog/tessera-posix-log/testdata/log");
        Assert.True(NoteVerifierKey.TryParse("example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx", out var key));
        using var own = Ed25519PrivateKey.Generate();
        var witness = LogWitness.Start("w.example", own, [key], _town.Folder("tessera"), _town.Time, out _)!;
        var log = new TiledLog(new FolderLogReader(folder));
        var last = new Checkpoint(key.Name, 0, MerkleHash.EmptyRoot);
        for (var size = 0; size <= 15; size++)
        {
            var note = await File.ReadAllBytesAsync(Path.Combine(folder, $"checkpoint.{size}"), TestContext.Current.CancellationToken);
            Assert.True(SignedNote.TryParse(note, out var parsed) & Checkpoint.TryParse(parsed!.Text, out var next));
            Assert.True((await log.ProveConsistencyAsync(last, next!, TestContext.Current.CancellationToken)).TryGet(out var proof, out _));
            Assert.IsType<WitnessAnswer.Cosigned>(witness.AddCheckpoint(new AddCheckpointRequest(last.Size, proof, note).ToBytes()));
            last = next!;
        }
    }

    private sealed class BrokenStore : ICheckpointStore
    {
        public LedgerFault? ReadAll(IDictionary<string, byte[]> notes) => null;

        public LedgerFault? CompareAndSwap(string origin, byte[]? expected, byte[] next) => new(LedgerFaultKind.StorageFailed, "the disk is full");
    }
}
