using System.Text;
using System.Text.Json;
using Writ.Crypto.Hashing;
using Writ.Crypto.Signing;
using Writ.Ledger.Checkpoints;
using Writ.Ledger.Merkle;
using Writ.Ledger.Notes;
using Writ.Testing;

namespace Writ.Ledger.Tests.Notes;

public sealed class NoteVectorTests
{
    private const string TesseraKey = "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx";

    [Fact]
    public void The_published_notes_verify_and_every_altered_byte_of_them_does_not()
    {
        var notes = JsonDocument.Parse(File.ReadAllBytes(Corpora.Require("tlog/signed-note/notes.json"))).RootElement;
        Assert.Equal(2, notes.GetArrayLength());
        foreach (var vector in notes.EnumerateArray())
        {
            Assert.True(NoteVerifierKey.TryParse(vector.GetProperty("vkey").GetString()!, out var key));
            Assert.Equal(vector.GetProperty("vkey").GetString(), key.ToString());
            var bytes = Encoding.UTF8.GetBytes(vector.GetProperty("note").GetString()!);
            Assert.True(SignedNote.TryParse(bytes, out var note));
            Assert.True(note.IsSignedBy(key));
            Assert.Equal(bytes, note.ToBytes());

            var end = Encoding.UTF8.GetByteCount(note.Text);
            for (var i = 0; i < end; i++)
            {
                var altered = bytes.ToArray();
                altered[i] ^= 1;
                Assert.False(SignedNote.TryParse(altered, out var bad) && bad.IsSignedBy(key));
            }
        }
    }

    [Fact]
    public void All_17_checkpoints_of_the_Tessera_log_verify_down_to_their_entries()
    {
        var folder = Corpora.Require("tlog/tessera-posix-log/testdata/log");
        Assert.True(NoteVerifierKey.TryParse(TesseraKey, out var key));
        var files = Directory.GetFiles(folder, "checkpoint*");
        Assert.Equal(17, files.Length);
        foreach (var file in files)
        {
            Assert.True(SignedNote.TryParse(File.ReadAllBytes(file), out var note), file);
            Assert.True(note.IsSignedBy(key), file);
            Assert.True(Checkpoint.TryParse(note.Text, out var checkpoint), file);
            var leaves = new List<Hash256>();
            if (checkpoint.Size > 0)
            {
                var entries = File.ReadAllBytes(Path.Combine(folder, "tile", "entries", "000.p", $"{checkpoint.Size}")).AsSpan();
                for (; !entries.IsEmpty; entries = entries[(2 + (entries[0] << 8 | entries[1]))..])
                    leaves.Add(MerkleHash.Leaf(entries.Slice(2, entries[0] << 8 | entries[1])));
                var tile = File.ReadAllBytes(Path.Combine(folder, "tile", "0", "000.p", $"{checkpoint.Size}"));
                Assert.Equal(tile, leaves.SelectMany(l => l.Bytes.ToArray()));
            }

            var builder = new TreeBuilder();
            builder.Append(leaves.ToArray());
            Assert.Equal(checkpoint.Size, builder.Size);
            Assert.Equal(checkpoint.Root, builder.Root());
        }
    }

    [Fact]
    public void The_Sunlight_tiles_have_the_root_of_their_checkpoint_and_the_mirror_cosigned_it()
    {
        var folder = Corpora.Require("tlog/sunlight-mirror/cmd/skylight/testdata/witness/mirror");
        var log = Directory.GetDirectories(folder).Single();
        Assert.True(SignedNote.TryParse(File.ReadAllBytes(Path.Combine(log, "checkpoint")), out var note));
        Assert.True(Checkpoint.TryParse(note.Text, out var checkpoint));
        var keys = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "mirror.v0.json"))).RootElement.GetProperty("verifier_keys");
        Assert.True(NoteVerifierKey.TryParse(keys[0].GetString()!, out var mirror));
        Assert.True(mirror.IsCosignature);
        Assert.True(note.IsSignedBy(mirror));

        byte[] tiles = [.. File.ReadAllBytes(Path.Combine(log, "tile", "0", "000")), .. File.ReadAllBytes(Path.Combine(log, "tile", "0", "001.p", "44"))];
        var builder = new TreeBuilder();
        builder.Append(tiles.Chunk(Hash256.Length).Select(h => new Hash256(h)).ToArray());
        Assert.Equal(checkpoint.Size, builder.Size);
        Assert.Equal(checkpoint.Root, builder.Root());
    }

    [Fact]
    public void The_witness_of_the_Sunlight_log_cosigned_its_checkpoint_and_says_when()
    {
        var folder = Corpora.Require("tlog/sunlight-mirror/cmd/skylight/testdata/witness");
        var keys = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "witness.v0.json"))).RootElement.GetProperty("verifier_keys");
        Assert.True(NoteVerifierKey.TryParse(keys[0].GetString()!, out var witness));
        var file = Directory.GetFiles(folder, "checkpoint", SearchOption.AllDirectories)
            .Single(path => !Path.GetRelativePath(folder, path).Contains("mirror", StringComparison.Ordinal) && Path.GetDirectoryName(path) != folder);
        var bytes = File.ReadAllBytes(file);
        Assert.True(SignedNote.TryParse(bytes, out var note));
        Assert.True(note.IsSignedBy(witness));
        Assert.Equal(Hash256.Of(Encoding.UTF8.GetBytes(note.Text.Split('\n')[0])).ToHex(), Path.GetFileName(Path.GetDirectoryName(file)));
        var at = NoteVerifierKey.TimeOf(note.Signatures.Single(s => s.Name == witness.Name));
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(0x69546780), at);
        for (var i = 0; i < Encoding.UTF8.GetByteCount(note.Text); i++)
        {
            var altered = bytes.ToArray();
            altered[i] ^= 1;
            Assert.False(SignedNote.TryParse(altered, out var bad) && bad.IsSignedBy(witness));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("text\n\n")]
    [InlineData("text\n\n— name\n")]
    [InlineData("text\n\n— name AAAA\n")]
    [InlineData("text\n\n— name AAAAAAAA")]
    [InlineData("text\n\n— na me AAAAAAAA\n")]
    [InlineData("text\n\n- name AAAAAAAA\n")]
    [InlineData("text\n— name AAAAAAAA\n")]
    [InlineData("te\txt\n\n— name AAAAAAAA\n")]
    [InlineData("text\n\n— name AAAAAAB=\n")]
    public void A_malformed_note_is_refused(string text)
    {
        Assert.False(SignedNote.TryParse(Encoding.UTF8.GetBytes(text), out _));
        Assert.True(SignedNote.TryParse(Encoding.UTF8.GetBytes("text\n\n— name AAAAAAAA\n"), out _));
    }

    [Theory]
    [InlineData("log\n01\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n")]
    [InlineData("log\n-1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n")]
    [InlineData("log\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n")]
    [InlineData("log\n1\n")]
    [InlineData("\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n")]
    [InlineData("log\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n")]
    [InlineData("log\n18446744073709551616\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n")]
    public void A_malformed_checkpoint_is_refused(string text)
    {
        Assert.False(Checkpoint.TryParse(text, out _));
        Assert.True(Checkpoint.TryParse("log\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\nextension\n", out _));
    }

    [Fact]
    public void A_note_with_one_wrong_signature_of_a_known_key_is_refused_even_beside_a_right_one()
    {
        using var key = Ed25519PrivateKey.Generate();
        var verifier = NoteVerifierKey.ForLog("log", key.PublicKey);
        var note = SignedNote.Sign("text\n", "log", key);
        Assert.True(note.IsSignedBy(verifier));
        var wrong = SignedNote.Sign("other\n", "log", key).ToBytes();
        var line = Encoding.UTF8.GetString(wrong).Split('\n')[2];
        Assert.True(SignedNote.TryParse([.. note.ToBytes(), .. Encoding.UTF8.GetBytes(line + "\n")], out var both));
        Assert.Equal(2, both.Signatures.Count);
        Assert.False(both.IsSignedBy(verifier));
    }
}
