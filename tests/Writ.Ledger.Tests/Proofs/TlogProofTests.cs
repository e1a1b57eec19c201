using System.Text;
using Writ.Crypto.Hashing;
using Writ.Crypto.Signing;
using Writ.Ledger.Checkpoints;
using Writ.Ledger.Proofs;
using Writ.Ledger.Trust;

namespace Writ.Ledger.Tests.Proofs;

public sealed class TlogProofTests
{
    private const string Specified =
        """
        c2sp.org/tlog-proof@v1
        extra YWdlLXYxLjIuMS1kYXJ3aW4tYXJtNjQudGFyLmd6
        index 73894
        gSKyXoYZUgZ6jduWYrkDOARinOMGJveXjgMkBTcdPlQ=
        B95lDa8R83lS8n0eG+o0buTxRKQTYFi//1U8anccXmA=

        example.com/fancylog
        109482
        sFodV/vSp5O8n9a8QpW6PRY97tfOSW5bsc2Xl/EQi08=

        — example.com/fancylog AAAAAAAA

        """;

    private static async Task<(TlogProof Proof, byte[] Record)> ProveAsync(int index, int size)
    {
        using var folder = new TestLedger();
        await using var ledger = await folder.OpenAsync();
        var log = await TestLedger.LogAsync(ledger);
        await TestLedger.AppendAsync(ledger, log, size);
        var signed = Assert.IsType<CheckpointSigning.Done>(ledger.SignCheckpoint(log)).Signed;
        var record = log.Read((ulong)index).Bytes.ToArray();
        return (new TlogProof((ulong)index, log.ProveInclusion((ulong)index, (ulong)size)!, signed.Note.ToBytes(), record), record);
    }

    [Fact]
    public void The_form_is_that_of_the_specification_and_is_written_as_it_was_read()
    {
        var bytes = Encoding.UTF8.GetBytes(Specified);
        Assert.True(TlogProof.IsOne(bytes));
        Assert.True(TlogProof.TryParse(bytes, out var proof, out _));
        Assert.Equal((73_894UL, 2), (proof.Index, proof.Hashes.Count));
        Assert.Equal("age-v1.2.1-darwin-arm64.tar.gz", Encoding.UTF8.GetString(proof.Extra!.Value.Span));
        Assert.StartsWith("example.com/fancylog\n", Encoding.UTF8.GetString(proof.Checkpoint.Span), StringComparison.Ordinal);
        Assert.Equal(bytes, proof.ToBytes());

        var without = Encoding.UTF8.GetBytes(Specified.Replace("extra YWdlLXYxLjIuMS1kYXJ3aW4tYXJtNjQudGFyLmd6\n", "", StringComparison.Ordinal));
        Assert.True(TlogProof.TryParse(without, out proof, out _));
        Assert.Null(proof.Extra);
        Assert.Equal(without, proof.ToBytes());
    }

    [Theory]
    [InlineData("c2sp.org/tlog-proof@v1", "c2sp.org/tlog-proof@v2", "line 1")]
    [InlineData("extra YW", "extra  YW", "line 2")]
    [InlineData("extra YWdl", "extra YWd", "line 2")]
    [InlineData("index 73894", "index 073894", "line 3")]
    [InlineData("index 73894", "index -1", "line 3")]
    [InlineData("index 73894", "index 18446744073709551616", "line 3")]
    [InlineData("index 73894", "Index 73894", "line 3")]
    [InlineData("index 73894\n", "", "line 3")]
    [InlineData("B95lDa8R83lS8n0eG+o0buTxRKQTYFi//1U8anccXmA=", "B95lDa8R83lS8n0eG+o0buTxRKQTYFi//1U8anccXmB=", "line 5")]
    [InlineData("B95lDa8R83lS8n0eG+o0buTxRKQTYFi//1U8anccXmA=\n\n", "B95lDa8R83lS8n0eG+o0buTxRKQTYFi//1U8anccXmA=\n", "line 6")]
    [InlineData("index 73894\n", "index 73894\r\n", "line 3")]
    public void Another_form_is_refused_at_its_line(string part, string instead, string place)
    {
        var bytes = Encoding.UTF8.GetBytes(Specified.Replace(part, instead, StringComparison.Ordinal));
        Assert.False(TlogProof.TryParse(bytes, out _, out var fault));
        Assert.Equal(LedgerFaultKind.ProofMalformed, fault.Kind);
        Assert.Contains(place, fault.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_without_end_is_refused()
    {
        Assert.False(TlogProof.TryParse([], out _, out _));
        Assert.False(TlogProof.TryParse("c2sp.org/tlog-proof@v1"u8, out _, out _));
        Assert.False(TlogProof.TryParse("c2sp.org/tlog-proof@v1\nindex 0\n"u8, out _, out _));
        var hash = Convert.ToBase64String(new byte[32]);
        string Many(int count) => $"c2sp.org/tlog-proof@v1\nindex 0\n{string.Concat(Enumerable.Repeat(hash + "\n", count))}\nx\n";
        Assert.True(TlogProof.TryParse(Encoding.ASCII.GetBytes(Many(64)), out _, out _));
        Assert.False(TlogProof.TryParse(Encoding.ASCII.GetBytes(Many(65)), out _, out _));
        Assert.False(TlogProof.TryParse(new byte[TlogProof.MaxLength + 1], out _, out _));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(4, 9)]
    [InlineData(8, 9)]
    public async Task T38_a_proof_of_ours_verifies_and_no_altered_one_does(int index, int size)
    {
        var (proof, record) = await ProveAsync(index, size);
        var policy = TrustPolicy.ForKey(TestLedger.Key.PublicKey);
        var bytes = proof.ToBytes();
        Assert.True(TlogProof.TryParse(bytes, out var read, out _));
        Assert.Null(read.Verify(MerkleHash.Leaf(record), policy, out var signed));
        Assert.Equal((TestLedger.Origin, (ulong)size), (signed!.Checkpoint.Origin, signed.Checkpoint.Size));

        using var other = Ed25519PrivateKey.Generate();
        Assert.Equal(LedgerFaultKind.CheckpointUntrusted, read.Verify(MerkleHash.Leaf(record), TrustPolicy.ForKey(other.PublicKey), out signed)!.Kind);
        Assert.Null(signed);
        Assert.Equal(LedgerFaultKind.ProofFails, read.Verify(MerkleHash.Leaf([.. record, 1]), policy, out signed)!.Kind);
        Assert.Null(signed);

        // Every bit but those of the extra's own text, which is the record and checked through the leaf.
        for (var at = 0; at < bytes.Length; at++)
        {
            var altered = bytes.ToArray();
            altered[at] ^= 1;
            var holds = TlogProof.TryParse(altered, out var bad, out _)
                && bad.Extra is { } extra
                && bad.Verify(MerkleHash.Leaf(extra.Span), policy, out _) is null;
            Assert.False(holds, $"byte {at} of\n{Encoding.UTF8.GetString(bytes)}");
        }
    }
}
