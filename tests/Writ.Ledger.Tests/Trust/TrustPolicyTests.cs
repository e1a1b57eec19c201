using System.Text;
using Writ.Crypto.Signing;
using Writ.Ledger.Checkpoints;
using Writ.Ledger.Notes;
using Writ.Ledger.Trust;

namespace Writ.Ledger.Tests.Trust;

public sealed class TrustPolicyTests
{
    private const string Origin = "log.example/1";
    private static readonly Ed25519PrivateKey[] Keys = [.. Enumerable.Range(0, 7).Select(Seeded)];
    private static readonly string LogKey = NoteVerifierKey.ForLog(Origin, Keys[0].PublicKey).ToString();

    /// <summary>The example of the specification, with keys.</summary>
    private static string Example =>
        $"""
        # who watches
        log {LogKey} https://log.example/1

        witness X1 {WitnessKey(1)}
        witness X2 {WitnessKey(2)} https://x2.example/
        witness X3 {WitnessKey(3)}
        group X-witnesses 2 X1 X2 X3

        witness Y1 {WitnessKey(4)}
        witness Y2 {WitnessKey(5)}
        {"\t"}witness {"\t"} Y3  {WitnessKey(6)}
        group Y-witnesses any Y1 Y2 Y3

        group X-and-Y all X-witnesses Y-witnesses
        quorum X-and-Y

        """;

    private static Ed25519PrivateKey Seeded(int i) => Ed25519PrivateKey.FromSeed([.. Enumerable.Repeat((byte)(i + 1), 32)]);

    private static NoteVerifierKey Witness(int i) => NoteVerifierKey.ForWitness($"w{i}.example", Keys[i].PublicKey);

    private static string WitnessKey(int i) => Witness(i).ToString();

    private static byte[] Checkpoint(params int[] witnesses)
    {
        var note = new Checkpoint(Origin, 7, default).Sign(Keys[0]);
        return note.With([.. note.Signatures, .. witnesses.Select(i => Witness(i).Cosign(note.Text, Keys[i], DateTimeOffset.UnixEpoch.AddDays(20_000)))]).ToBytes();
    }

    private static TrustPolicy Parse(string text)
    {
        Assert.True(TrustPolicy.TryParse(Encoding.UTF8.GetBytes(text), out var policy, out var problems), string.Join('\n', problems));
        return policy;
    }

    private static LedgerFaultKind? Ask(TrustPolicy policy, byte[] note) => policy.Accept(note, out _)?.Kind;

    [Theory]
    [InlineData(true, 1, 2, 4)]
    [InlineData(true, 2, 3, 6)]
    [InlineData(true, 1, 2, 3, 4, 5, 6)]
    [InlineData(false)]
    [InlineData(false, 1, 2, 3)]
    [InlineData(false, 1, 4, 5, 6)]
    [InlineData(false, 4, 5, 6)]
    public void The_example_of_the_specification_asks_for_two_of_X_and_one_of_Y(bool accepted, params int[] witnesses)
    {
        var policy = Parse(Example);
        Assert.Equal(6, policy.Witnesses.Count);
        Assert.Equal("https://x2.example/", policy.Witnesses[1].Address!.ToString());
        Assert.True(policy.NeedsWitnesses);
        Assert.Equal(accepted ? (LedgerFaultKind?)null : LedgerFaultKind.QuorumMissing, Ask(policy, Checkpoint(witnesses)));
    }

    [Fact]
    public void The_fault_names_who_cosigned_and_what_is_asked_for()
    {
        var fault = Parse(Example).Accept(Checkpoint(1, 4), out var signed);
        Assert.Null(signed);
        Assert.Contains("cosigned by X1, Y1, and the policy asks for 2 of (2 of (X1, X2, X3), 1 of (Y1, Y2, Y3))", fault!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void One_wrong_signature_in_the_name_of_a_known_witness_spoils_the_note_and_one_of_a_stranger_does_not()
    {
        var policy = Parse(Example);
        var other = new Checkpoint(Origin, 8, default).ToText();
        Assert.True(SignedNote.TryParse(Checkpoint(1, 2, 4), out var note));
        var forged = note.With([.. note.Signatures, Witness(3).Cosign(other, Keys[3], DateTimeOffset.UnixEpoch.AddDays(1))]);
        Assert.Equal(LedgerFaultKind.CheckpointUntrusted, Ask(policy, forged.ToBytes()));
        using var stranger = Ed25519PrivateKey.Generate();
        var unknown = note.With([.. note.Signatures, NoteVerifierKey.ForWitness("stranger.example", stranger.PublicKey).Cosign(other, stranger, DateTimeOffset.UnixEpoch.AddDays(1))]);
        Assert.Null(Ask(policy, unknown.ToBytes()));
    }

    [Fact]
    public void Only_the_logs_that_are_named_count_and_a_key_adds_one()
    {
        var policy = Parse("quorum none\n");
        Assert.True(policy.NamesNoLog);
        Assert.False(policy.NeedsWitnesses);
        Assert.Equal(LedgerFaultKind.CheckpointUntrusted, Ask(policy, Checkpoint()));
        Assert.Null(Ask(policy.WithKey(Keys[0].PublicKey), Checkpoint()));
        Assert.Equal(LedgerFaultKind.CheckpointUntrusted, Ask(policy.WithKey(Keys[1].PublicKey), Checkpoint()));
        Assert.Null(Ask(Parse($"log {LogKey}\nquorum none\n"), Checkpoint()));
        Assert.Equal(LedgerFaultKind.CheckpointUntrusted, Ask(Parse($"log {NoteVerifierKey.ForLog("log.example/2", Keys[0].PublicKey)}\nquorum none\n"), Checkpoint()));
        Assert.Equal(LedgerFaultKind.QuorumMissing, Ask(Parse($"witness W {WitnessKey(1)}\nquorum W\n").WithKey(Keys[0].PublicKey), Checkpoint()));
        Assert.Null(Ask(Parse($"witness W {WitnessKey(1)}\nquorum W\n").WithKey(Keys[0].PublicKey), Checkpoint(1)));
    }

    [Fact]
    public void Names_are_bytes_and_may_be_of_any_writing()
    {
        Assert.Null(Ask(Parse($"log {LogKey}\nwitness Zürich {WitnessKey(1)}\n# Ärger\nquorum Zürich\n"), Checkpoint(1)));
        byte[] opaque = [.. "witness "u8, 0xFF, .. Encoding.ASCII.GetBytes($" {WitnessKey(1)}\nquorum "), 0xFF, (byte)'\n'];
        Assert.True(TrustPolicy.TryParse(opaque, out _, out _));
        opaque[^2] = 0xFE;
        Assert.False(TrustPolicy.TryParse(opaque, out _, out _));
    }

    public static TheoryData<string, int, string> Wrong => new()
    {
        { "", 1, "no quorum line" },
        { "quorum none", 1, "does not end" },
        { "quorum none\nquorum none\n", 2, "already" },
        { "quorum W\n", 1, "'W' is not a witness or group of a line above" },
        { $"quorum W\nwitness W {WitnessKey(1)}\n", 1, "line above" },
        { "quorum\n", 1, "expected: quorum NAME" },
        { "quorum none extra\n", 1, "expected: quorum NAME" },
        { "Quorum none\n", 1, "'Quorum' is not log, witness, group or quorum" },
        { "quorum none\nlog\n", 2, "expected: log VKEY" },
        { "quorum none\nlog x+00000000+AAAA\n", 2, "no verifier key" },
        { $"quorum none\nlog {WitnessKey(1)}\n", 2, "the key of a witness" },
        { $"quorum none\nwitness W {LogKey}\n", 2, "the key of a log" },
        { $"log {LogKey}\nlog {NoteVerifierKey.ForLog("other.example", Keys[0].PublicKey)}\nquorum none\n", 2, "stands twice" },
        { $"witness W {WitnessKey(1)}\nwitness V {WitnessKey(1)}\nquorum none\n", 2, "stands twice" },
        { $"witness W {WitnessKey(1)}\nwitness W {WitnessKey(2)}\nquorum none\n", 2, "'W' is defined already" },
        { $"witness W {WitnessKey(1)}\ngroup W any W\nquorum none\n", 2, "'W' is defined already" },
        { $"witness none {WitnessKey(1)}\nquorum none\n", 1, "'none' is no name" },
        { $"witness W {WitnessKey(1)}\ngroup G any none\nquorum none\n", 2, "'none' is not a witness" },
        { $"witness W {WitnessKey(1)} ftp://w.example\nquorum none\n", 1, "not an http or https address" },
        { $"witness W {WitnessKey(1)}\ngroup G any\nquorum none\n", 2, "expected: group NAME" },
        { $"witness W {WitnessKey(1)}\ngroup G 0 W\nquorum none\n", 2, "a number from 1 to the 1 members" },
        { $"witness W {WitnessKey(1)}\ngroup G 2 W\nquorum none\n", 2, "a number from 1 to the 1 members" },
        { $"witness W {WitnessKey(1)}\ngroup G 01 W\nquorum none\n", 2, "a number from 1" },
        { $"witness W {WitnessKey(1)}\ngroup G any W W\nquorum none\n", 2, "a member already" },
        { $"witness W {WitnessKey(1)}\ngroup G any W\ngroup H any W\nquorum none\n", 3, "a member already" },
        { $"group G any H\nwitness H {WitnessKey(1)}\nquorum none\n", 1, "line above" },
        { "group G any G\nquorum none\n", 1, "line above" },
        { "quorum none\r\n", 1, "0x0D" },
        { "quorum none\n\0\n", 2, "0x00" },
        { "quorum none\n\x7f\n", 2, "0x7F" },
    };

    [Theory, MemberData(nameof(Wrong))]
    public void A_wrong_policy_is_refused_at_its_line(string text, int line, string says)
    {
        Assert.False(TrustPolicy.TryParse(Encoding.UTF8.GetBytes(text), out var policy, out var problems));
        Assert.Null(policy);
        Assert.Contains(problems, p => p.Line == line && p.Message.Contains(says, StringComparison.Ordinal));
    }

    [Fact]
    public void All_problems_are_told_at_once_and_a_file_beyond_the_bound_is_not_read()
    {
        Assert.False(TrustPolicy.TryParse("log x\nwitness y\nquorum z\n"u8, out _, out var problems));
        Assert.Equal([1, 2, 3, 3], problems.Select(p => p.Line).Order());
        Assert.False(TrustPolicy.TryParse(new byte[TrustPolicy.MaxFileLength + 1], out _, out problems));
        Assert.Single(problems);
    }
}
