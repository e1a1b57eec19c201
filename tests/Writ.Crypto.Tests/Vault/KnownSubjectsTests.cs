using System.Runtime.Versioning;
using Writ.Crypto.Keys;
using Writ.Crypto.Vault;

namespace Writ.Crypto.Tests.Vault;

[UnsupportedOSPlatform("windows")]
public sealed class KnownSubjectsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("writ-vault-");
    private readonly SecretKey _master = SecretKey.Generate(KeyPurpose.VaultMasterKey);
    private readonly SubjectKeyRing _ring;

    public KnownSubjectsTests()
    {
        Assert.True(SubjectKeyRing.TryCreate(Path.Combine(_folder.FullName, "keys"), _master, out var ring, out var fault), fault?.Message);
        _ring = ring;
    }

    public void Dispose()
    {
        _ring.Dispose();
        _master.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public void A_payload_sealed_into_the_callers_memory_opens_whether_its_subject_is_known_or_not()
    {
        var box = new byte[SubjectKeyRing.SealedLength(5)];
        for (var i = 0; i < 3; i++)
        {
            var seal = Seal("alice", box);
            Assert.Equal(seal.KeyId, _ring.KeyOf("acme", "alice"));
            Assert.Equal("hello"u8.ToArray(), Assert.IsType<OpenResult.Opened>(_ring.Open("acme", box, "record 1"u8)).Payload.ToArray());
            box[^1] ^= 1;
            Assert.IsType<OpenResult.Tampered>(_ring.Open("acme", box, "record 1"u8));
        }
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public void Memory_of_another_length_is_refused(int difference) =>
        Assert.Throws<ArgumentException>(() => Seal("alice", new byte[SubjectKeyRing.SealedLength(5) + difference]));

    [Fact]
    public void A_known_subject_whose_key_is_destroyed_begins_anew_and_its_name_is_not_kept()
    {
        var box = new byte[SubjectKeyRing.SealedLength(5)];
        var before = Seal("alice", box).KeyId;
        Assert.True(_ring.TryDestroy("acme", "alice", out _, out _));
        Assert.IsType<OpenResult.Erased>(_ring.Open("acme", box, "record 1"u8));
        Assert.NotEqual(before, Seal("alice", box).KeyId);

        var known = new KnownSubjects();
        var key = new SubjectKey(default, null!);
        known.Remember("alice", key);
        Assert.True(known.TryFind("alice", out _));
        key.MarkDestroyed();
        Assert.False(known.TryFind("alice", out _));
        known.Forget(key);
        known.Remember("alice", key); // who found it before it was destroyed comes late
        Assert.False(known.TryFind("alice", out _));
        Assert.Equal(0, known.Count);
    }

    [Fact]
    public void More_subjects_than_are_remembered_by_name_push_out_the_others_and_keep_their_keys()
    {
        var box = new byte[SubjectKeyRing.SealedLength(5)];
        var known = new KnownSubjects();
        var key = new SubjectKey(default, null!);
        for (var i = 0; i <= KnownSubjects.Capacity; i++)
            known.Remember($"other-{i}", key);
        Assert.False(known.TryFind("other-0", out _));
        Assert.True(known.TryFind($"other-{KnownSubjects.Capacity}", out _));
        Assert.InRange(known.Count, 1, KnownSubjects.Capacity);
        Assert.Equal(Seal("alice", box).KeyId, Seal("alice", box).KeyId);
        Assert.NotEqual(Seal("alice", box).KeyId, Seal("bob", box).KeyId);
    }

    [Fact]
    public async Task Sealing_while_keys_are_destroyed_never_fails_and_never_uses_a_destroyed_key_for_long()
    {
        var stop = new CancellationTokenSource();
        var sealing = Enumerable.Range(0, 2).Select(_ => Task.Run(() =>
        {
            var box = new byte[SubjectKeyRing.SealedLength(5)];
            while (!stop.IsCancellationRequested)
            {
                Seal("alice", box);
                Assert.True(_ring.Open("acme", box, "record 1"u8) is OpenResult.Opened or OpenResult.Erased);
            }
        })).ToArray();
        for (var i = 0; i < 50; i++)
            Assert.True(_ring.TryDestroy("acme", "alice", out _, out _));
        await stop.CancelAsync();
        await Task.WhenAll(sealing);
    }

    private PayloadSeal Seal(string subject, byte[] box)
    {
        Assert.True(_ring.TrySeal("acme", subject, "hello"u8, "record 1"u8, box, out var seal, out var fault), fault?.Message);
        return seal;
    }
}
