using System.Runtime.Versioning;
using System.Text;
using Writ.Crypto.Keys;
using Writ.Crypto.Vault;

namespace Writ.Crypto.Tests.Vault;

/// <summary>Keys as records and erasures name them: by their id.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class KeyByIdTests : IDisposable
{
    private const int FrameLength = 144;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("writ-vault-");
    private readonly SecretKey _master = SecretKey.Generate(KeyPurpose.VaultMasterKey);

    private string Store => Path.Combine(_folder.FullName, "keys");

    public void Dispose()
    {
        _master.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public void A_key_is_destroyed_by_its_id_and_only_by_its_own_organization()
    {
        SealedPayload alice;
        using (var ring = Create())
        {
            alice = Seal(ring, "alice", "a");
            Assert.Equal(alice.KeyId, ring.KeyOf("acme", "alice"));
            Assert.Null(ring.KeyOf("globex", "alice"));
            Assert.True(ring.TryDestroy("globex", alice.KeyId, out var destroyed, out _));
            Assert.False(destroyed);
            AssertOpens(ring, alice, "a");
            Assert.True(ring.TryDestroy("acme", alice.KeyId, out destroyed, out _));
            Assert.True(destroyed);
            Assert.Null(ring.KeyOf("acme", "alice"));
            Assert.False(ring.TrySeal("acme", alice.KeyId, "more"u8, "record 2"u8, out _, out var fault));
            Assert.Equal(VaultFaultKind.KeyGone, fault.Kind);
        }

        using var again = Open();
        Assert.IsType<OpenResult.Erased>(again.Open("acme", alice.Bytes.Span, "record 1"u8));
    }

    [Fact]
    public void More_is_sealed_under_a_key_by_its_id_and_under_no_other_organizations()
    {
        using var ring = Create();
        var alice = Seal(ring, "alice", "a");
        Assert.True(ring.TrySeal("acme", alice.KeyId, "more"u8, "record 1"u8, out var more, out _));
        Assert.Equal(alice.KeyId, more.KeyId);
        AssertOpens(ring, more, "more");
        Assert.False(ring.TrySeal("globex", alice.KeyId, "more"u8, "record 1"u8, out _, out _));
    }

    [Fact]
    public void An_erasure_over_a_store_from_before_the_key_was_made_reads_erased()
    {
        var key = Guid.NewGuid();
        using (var ring = Create())
        {
            Assert.True(ring.TryDestroy("acme", key, out var destroyed, out _));
            Assert.False(destroyed);
        }

        using var again = Open();
        var bytes = Seal(again, "bob", "b").Bytes.ToArray();
        key.TryWriteBytes(bytes.AsSpan(1));
        Assert.IsType<OpenResult.Erased>(again.Open("acme", bytes, "record 1"u8));
        Assert.IsType<OpenResult.UnknownKey>(again.Open("globex", bytes, "record 1"u8));
    }

    [Fact]
    public void A_draft_that_a_crash_left_is_overwritten_and_gone_after_the_next_start()
    {
        var link = Path.Combine(_folder.FullName, "hard link");
        using (var ring = Create())
            Seal(ring, "alice", "a");
        File.Copy(Store, Store + ".new");
        Libc.Link(Store + ".new", link);
        using (Open())
            Assert.False(File.Exists(Store + ".new"));
        Assert.Equal(new byte[3 * FrameLength], File.ReadAllBytes(link));
    }

    private SubjectKeyRing Create()
    {
        Assert.True(SubjectKeyRing.TryCreate(Store, _master, out var ring, out var fault), fault?.Message);
        return ring;
    }

    private SubjectKeyRing Open()
    {
        Assert.True(SubjectKeyRing.TryOpen(Store, _master, out var ring, out var fault), fault?.Message);
        return ring;
    }

    private static SealedPayload Seal(SubjectKeyRing ring, string subject, string payload, string organization = "acme")
    {
        Assert.True(ring.TrySeal(organization, subject, Encoding.UTF8.GetBytes(payload), "record 1"u8, out var box, out var fault), fault?.Message);
        return box;
    }

    private static void AssertOpens(SubjectKeyRing ring, SealedPayload box, string payload, string organization = "acme")
    {
        var opened = Assert.IsType<OpenResult.Opened>(ring.Open(organization, box.Bytes.Span, "record 1"u8));
        Assert.Equal(payload, Encoding.UTF8.GetString(opened.Payload.Span));
        Assert.True(box.Commitment.IsOpenedBy(opened.Salt.Span, opened.Payload.Span));
    }
}
