using Writ.Ledger.Checkpoints;
using Writ.Ledger.Notes;
using Writ.Ledger.Trust;
using Writ.Ledger.Witnessing;

namespace Writ.Ledger.Tests.Witnessing;

/// <summary>The log's side: asking, collecting, keeping, and noticing what a witness knows better.</summary>
public sealed class LogWitnessesTests : IDisposable
{
    private readonly TestLedger _folder = new();
    private readonly WitnessTown _town = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _folder.Dispose();
        _town.Dispose();
    }

    private static async Task<SignedCheckpoint> GrowAsync(MerkleLedger ledger, LogicalLog log, int count)
    {
        await TestLedger.AppendAsync(ledger, log, count);
        return Assert.IsType<CheckpointSigning.Done>(ledger.SignCheckpoint(log)).Signed;
    }

    [Fact]
    public async Task Cosignatures_are_collected_until_the_quorum_is_there_and_then_kept_over_a_restart()
    {
        foreach (var name in new[] { "w1", "w2", "w3" })
            _town.Start(name);
        await using var ledger = await _folder.OpenAsync();
        var log = await TestLedger.LogAsync(ledger);
        var first = await GrowAsync(ledger, log, 5);
        _town.Lost.UnionWith(["w2", "w3"]);
        var witnesses = _town.Open(ledger, 2);
        await witnesses.AskAsync(Stop);
        var witnessed = witnesses.Of(log);
        Assert.Null(witnessed.Witnessed);
        Assert.Equal(2, witnessed.WithCosignatures(first).Note.Signatures.Count);
        Assert.Equal([5UL, 0, 0], witnessed.States.Select(s => s.CosignedSize));
        Assert.Equal(LedgerFaultKind.WitnessUnavailable, witnessed.States[1].Fault!.Kind);

        _town.Lost.Remove("w3");
        _town.Time.Advance(TimeSpan.FromSeconds(1));
        await witnesses.AskAsync(Stop);
        Assert.Equal(5UL, witnessed.Witnessed!.Checkpoint.Size);
        Assert.Equal(3, witnessed.Witnessed.Note.Signatures.Count);
        Assert.Null(_town.Policy(2).Accept(witnessed.Witnessed.Note.ToBytes(), out _));
        Assert.Equal(LedgerFaultKind.QuorumMissing, _town.Policy(3).Accept(witnessed.Witnessed.Note.ToBytes(), out _)!.Kind);

        await GrowAsync(ledger, log, 3);
        Assert.Equal(5UL, witnessed.Witnessed.Checkpoint.Size);
        await witnesses.AskAsync(Stop);
        Assert.Equal(8UL, witnessed.Witnessed.Checkpoint.Size);
        Assert.All(_town.Asked.Where(a => a.Witness == "w1").Skip(1), asked => Assert.True(asked.Request.OldSize > 0));

        var again = _town.Open(ledger, 2).Of(log);
        Assert.Equal(8UL, again.Witnessed!.Checkpoint.Size);
        Assert.Null(_town.Open(ledger, 3).Of(log).Witnessed);
    }

    [Fact]
    public async Task After_a_restart_a_witness_says_where_it_is_and_is_asked_once_more()
    {
        _town.Start("w1");
        await using var ledger = await _folder.OpenAsync();
        var log = await TestLedger.LogAsync(ledger);
        await GrowAsync(ledger, log, 5);
        await _town.Open(ledger, 1).AskAsync(Stop);
        await GrowAsync(ledger, log, 5);
        _town.Asked.Clear();
        var witnesses = _town.Open(ledger, 1);
        await witnesses.AskAsync(Stop);
        Assert.Equal([0UL, 5], _town.Asked.Select(a => a.Request.OldSize));
        Assert.Equal((10UL, (LedgerFault?)null), (witnesses.Of(log).States[0].CosignedSize, witnesses.Of(log).States[0].Fault));
        Assert.Equal(_town.Time.GetUtcNow(), witnesses.Of(log).States[0].CosignedAt);
        await witnesses.AskAsync(Stop);
        Assert.Equal(2, _town.Asked.Count);
    }

    [Fact]
    public async Task A_witness_that_fails_is_asked_less_and_less_often_and_the_others_are_not_kept_waiting()
    {
        _town.Start("w1");
        _town.Start("w2");
        _town.Lost.Add("w1");
        await using var ledger = await _folder.OpenAsync();
        var log = await TestLedger.LogAsync(ledger);
        await GrowAsync(ledger, log, 1);
        var witnesses = _town.Open(ledger, 1);
        for (var second = 0; second < 3600; second++)
        {
            await witnesses.AskAsync(Stop);
            _town.Time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.InRange(_town.Asked.Count(a => a.Witness == "w1"), 15, 25);
        Assert.Equal(1, _town.Asked.Count(a => a.Witness == "w2"));
        Assert.Equal(1UL, witnesses.Of(log).Witnessed!.Checkpoint.Size);
        _town.Lost.Clear();
        _town.Time.Advance(TimeSpan.FromMinutes(5));
        await witnesses.AskAsync(Stop);
        Assert.Null(witnesses.Of(log).States[0].Fault);
    }

    [Theory]
    [InlineData(200, "")]
    [InlineData(200, "— w1.example AAAAAAAA\n")]
    [InlineData(200, "no line")]
    [InlineData(409, "many\n")]
    [InlineData(409, "5")]
    [InlineData(302, "")]
    [InlineData(500, "")]
    public async Task An_answer_that_is_no_cosignature_counts_for_nothing(int status, string body)
    {
        _town.Start("w1");
        await using var ledger = await _folder.OpenAsync();
        var log = await TestLedger.LogAsync(ledger);
        var signed = await GrowAsync(ledger, log, 5);
        _town.Alter = _ => new WitnessReply(status, System.Text.Encoding.UTF8.GetBytes(body));
        var witnesses = _town.Open(ledger, 1);
        await witnesses.AskAsync(Stop);
        Assert.Equal(LedgerFaultKind.WitnessUnavailable, witnesses.Of(log).States[0].Fault!.Kind);
        Assert.Null(witnesses.Of(log).Witnessed);
        Assert.Single(witnesses.Of(log).WithCosignatures(signed).Note.Signatures);
    }

    [Fact]
    public async Task T41_a_split_view_shown_to_two_witnesses_is_caught_by_both_and_accepted_by_nobody()
    {
        // Two histories under one name and one key, each shown to one witness.
        _town.Start("w1");
        _town.Start("w2");
        using var other = new TestLedger();
        await using var left = await _folder.OpenAsync();
        await using var right = await other.OpenAsync();
        var (mine, theirs) = (await TestLedger.LogAsync(left), await TestLedger.LogAsync(right));
        await GrowAsync(left, mine, 5);
        Assert.True((await right.AppendAsync(theirs, "another first record"u8.ToArray())).IsDurable);
        await GrowAsync(right, theirs, 4);
        var (a, b) = (_town.Open(left, 2, "a"), _town.Open(right, 2, "b"));
        _town.Lost.Add("w2");
        await a.AskAsync(Stop);
        _town.Lost.Remove("w2");
        _town.Lost.Add("w1");
        await b.AskAsync(Stop);
        _town.Lost.Clear();
        Assert.Equal((5UL, 5UL), (a.Of(mine).States[0].CosignedSize, b.Of(theirs).States[1].CosignedSize));

        // Whoever asks for both witnesses believes neither, and each history meets its contradiction at the other's witness.
        Assert.Null(a.Of(mine).Witnessed);
        Assert.Null(b.Of(theirs).Witnessed);
        _town.Time.Advance(TimeSpan.FromMinutes(5));
        await a.AskAsync(Stop);
        await b.AskAsync(Stop);
        Assert.Equal(LedgerFaultKind.WitnessContradicts, a.Of(mine).States[1].Fault!.Kind);
        Assert.Equal(LedgerFaultKind.WitnessContradicts, b.Of(theirs).States[0].Fault!.Kind);
        Assert.Null(a.Of(mine).Witnessed);
        Assert.Null(b.Of(theirs).Witnessed);

        // The two cosigned checkpoints are the evidence: same log, same size, both signed by it, two roots.
        var notes = _town.Witnesses.Values.Select(witness => witness.Latest(Crypto.Hashing.Hash256.Of(System.Text.Encoding.UTF8.GetBytes(TestLedger.Origin)))!.Value.ToArray()).ToArray();
        var seen = notes.Select(note => TrustPolicy.ForKey(TestLedger.Key.PublicKey).Accept(note, out var signed) is null ? signed!.Checkpoint : null).ToArray();
        Assert.Equal(seen[0]!.Size, seen[1]!.Size);
        Assert.NotEqual(seen[0]!.Root, seen[1]!.Root);
    }

    [Fact]
    public async Task T34_a_log_that_was_rolled_back_together_with_its_checkpoints_is_caught_by_its_witness()
    {
        _town.Start("w1");
        string Copy(string folder, string to)
        {
            foreach (var file in Directory.GetFiles(folder, "*", SearchOption.AllDirectories))
            {
                var target = Path.Combine(to, Path.GetRelativePath(folder, file));
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                File.Copy(file, target, overwrite: true);
            }

            return to;
        }

        var machine = Path.GetDirectoryName(_folder.Options.DataFolder)!;
        await using (var ledger = await _folder.OpenAsync())
            await GrowAsync(ledger, await TestLedger.LogAsync(ledger), 5);
        var backup = Copy(machine, machine + ".backup");
        await using (var ledger = await _folder.OpenAsync())
        {
            await GrowAsync(ledger, ledger.FindLog(TestLedger.Origin)!, 5);
            await _town.Open(ledger, 1).AskAsync(Stop);
        }

        // The whole machine as it was: data folder, key and kept checkpoints fit each other, and nothing local can tell.
        Directory.Delete(machine, recursive: true);
        Copy(backup, machine);
        Directory.Delete(backup, recursive: true);
        await using var restored = await _folder.OpenAsync();
        var log = restored.FindLog(TestLedger.Origin)!;
        Assert.Equal(5UL, log.Head.Size);
        var witnesses = _town.Open(restored, 1, "after");

        // As long as a witness merely says so, without a checkpoint that this key signed, it stops nothing.
        _town.Claimed = "— nobody AAAA\n"u8.ToArray();
        await witnesses.AskAsync(Stop);
        Assert.Null(restored.Fence);
        var fault = witnesses.Of(log).States[0].Fault!;
        Assert.Equal(LedgerFaultKind.WitnessContradicts, fault.Kind);
        Assert.Contains("at size 10, and the log has 5", fault.Detail, StringComparison.Ordinal);

        // And when it has grown beyond again, the proof does not work out.
        await GrowAsync(restored, log, 1);
        Assert.True((await restored.AppendAsync(log, "another record"u8.ToArray())).IsDurable);
        for (var i = 0; i < 6; i++)
            Assert.True((await restored.AppendAsync(log, TestLedger.Record((ulong)i))).IsDurable);
        restored.SignCheckpoint(log);
        _town.Time.Advance(TimeSpan.FromMinutes(5));
        await witnesses.AskAsync(Stop);
        Assert.Equal(LedgerFaultKind.WitnessContradicts, witnesses.Of(log).States[0].Fault!.Kind);
        Assert.Null(witnesses.Of(log).Witnessed);
        Assert.Null(restored.Fence);

        // What the key signed itself does, for good.
        _town.Claimed = null;
        Assert.Equal(LedgerFaultKind.WitnessContradicts, (await witnesses.ConfrontAsync(Stop))!.Kind);
        Assert.Equal(LedgerFaultKind.WitnessContradicts, (await restored.AppendAsync(log, TestLedger.Record(1))).Fault!.Kind);
        Assert.IsType<CheckpointSigning.Refused>(restored.SignCheckpoint(log));
        await restored.CloseAsync();
        Assert.Equal(LedgerFaultKind.HistoryDiffers, (await _folder.RefusedAsync()).Kind);
    }
}
