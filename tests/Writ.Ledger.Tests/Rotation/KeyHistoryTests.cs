using System.Text;
using Writ.Crypto.Signing;
using Writ.Ledger.Checkpoints;
using Writ.Ledger.Rotation;
using Writ.Ledger.Trust;
using Writ.Ledger.Verification;

namespace Writ.Ledger.Tests.Rotation;

public sealed class KeyHistoryTests
{
    private static readonly Ed25519PrivateKey[] Keys = [.. Enumerable.Range(0, 4).Select(i => Ed25519PrivateKey.FromSeed([.. Enumerable.Repeat((byte)(i + 40), 32)]))];
    private static readonly DateTimeOffset At = DateTimeOffset.UnixEpoch.AddDays(20_000);

    private static KeyHistory Row(int keys)
    {
        var history = KeyHistory.Of(Keys[0].PublicKey);
        for (var i = 1; i < keys; i++)
            history = history.Rotate("writ.local", Keys[i - 1], Keys[i], At.AddDays(i));
        return history;
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void A_row_is_read_as_it_was_written_and_leads_from_any_key_to_all(int count)
    {
        var bytes = Row(count).ToBytes();
        Assert.True(KeyHistory.TryParse(bytes, out var history, out _));
        Assert.Equal(Keys.Take(count).Select(k => k.PublicKey), history.Keys);
        Assert.Equal(Keys[count - 1].PublicKey, history.Current);
        Assert.Equal(bytes, history.ToBytes());
    }

    [Fact]
    public void Every_altered_byte_of_a_row_is_refused()
    {
        var bytes = Row(3).ToBytes();
        for (var at = 0; at < bytes.Length; at++)
        {
            var altered = bytes.ToArray();
            altered[at] ^= 1;
            var same = KeyHistory.TryParse(altered, out var history, out _) && history.ToBytes().AsSpan().SequenceEqual(bytes);
            Assert.False(KeyHistory.TryParse(altered, out history, out var fault) && !same, $"byte {at}");
            Assert.True(same || fault is not null);
        }
    }

    [Fact]
    public void A_statement_that_is_missing_moved_or_not_of_both_keys_breaks_the_row()
    {
        var parts = Encoding.UTF8.GetString(Row(4).ToBytes()).Split("\n---\n");
        Assert.False(KeyHistory.TryParse([], out _, out var fault));
        Assert.Equal(LedgerFaultKind.KeyHistoryInvalid, fault.Kind);
        Assert.True(Parses(parts[0], parts[1]));
        Assert.True(Parses(parts[1], parts[2]), "a row may begin later");
        Assert.False(Parses(parts[0], parts[2]));
        Assert.False(Parses(parts[1], parts[0]));
        Assert.False(Parses(parts[0], parts[0]));
        foreach (var signature in parts[0].Split('\n').Where(line => line.StartsWith('—')))
            Assert.False(Parses(parts[0].Replace(signature + "\n", "", StringComparison.Ordinal).Replace("\n" + signature, "", StringComparison.Ordinal)));

        // A loop would let a key that went come back.
        Assert.Throws<ArgumentException>(() => Row(2).Rotate("writ.local", Keys[1], Keys[0], At));
        Assert.Throws<ArgumentException>(() => Row(2).Rotate("writ.local", Keys[0], Keys[2], At));

        static bool Parses(params string[] statements) => KeyHistory.TryParse(Encoding.UTF8.GetBytes(string.Join("\n---\n", statements)), out _, out _);
    }

    [Fact]
    public async Task A_ledger_goes_on_under_another_key_and_its_old_checkpoints_still_verify()
    {
        using var folder = new TestLedger();
        byte[] old;
        await using (var ledger = await folder.OpenAsync())
        {
            var log = await TestLedger.LogAsync(ledger);
            await TestLedger.AppendAsync(ledger, log, 3);
            old = Assert.IsType<CheckpointSigning.Done>(ledger.SignCheckpoint(log)).Signed.Note.ToBytes();
        }

        var options = folder.Options;
        folder.Options = options with { SigningKey = Keys[0] };
        Assert.Equal(LedgerFaultKind.CheckpointInvalid, (await folder.RefusedAsync()).Kind);
        folder.Options = folder.Options with { PreviousKeys = [Keys[1].PublicKey] };
        Assert.Equal(LedgerFaultKind.CheckpointInvalid, (await folder.RefusedAsync()).Kind);

        var history = KeyHistory.Of(TestLedger.Key.PublicKey).Rotate("writ.local", TestLedger.Key, Keys[0], At);
        folder.Options = folder.Options with { PreviousKeys = [.. history.Keys.SkipLast(1)] };
        await using (var ledger = await folder.OpenAsync())
        {
            var log = ledger.FindLog(TestLedger.Origin)!;
            Assert.Equal(old, ledger.LastCheckpoint(log)!.Note.ToBytes());
            var again = Assert.IsType<CheckpointSigning.Done>(ledger.SignCheckpoint(log)).Signed;
            Assert.Equal(3UL, again.Checkpoint.Size);
            Assert.Null(TrustPolicy.ForKey(Keys[0].PublicKey).Accept(again.Note.ToBytes(), out _));
            await TestLedger.AppendAsync(ledger, log, 1);
        }

        foreach (var note in new[] { old, await File.ReadAllBytesAsync(Directory.GetFiles(folder.CheckpointPath, "*.checkpoint").Single(), TestContext.Current.CancellationToken) })
            Assert.Null(TrustPolicy.ForKeys(history.Keys).Accept(note, out _));
        Assert.NotNull(TrustPolicy.ForKey(Keys[0].PublicKey).Accept(old, out _));
        var report = await LedgerVerifier.VerifyAsync(new VerificationOptions { DataFolder = folder.Options.DataFolder, Checkpoints = folder.Options.Checkpoints, Keys = history.Keys });
        Assert.True(report.IsSound);
        Assert.Equal(4UL, report.Logs.Single().CheckpointSize);
    }
}
