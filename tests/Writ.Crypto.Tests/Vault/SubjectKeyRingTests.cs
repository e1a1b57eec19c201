using System.Runtime.Versioning;
using System.Text;
using Writ.Crypto.Keys;
using Writ.Crypto.Vault;

namespace Writ.Crypto.Tests.Vault;

[UnsupportedOSPlatform("windows")]
public sealed class SubjectKeyRingTests : IDisposable
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
    public void What_is_sealed_opens_for_its_organization_and_context_only_and_after_a_restart()
    {
        SealedPayload box;
        using (var ring = Create())
        {
            box = Seal(ring, "alice", "refund 100");
            AssertOpens(ring, box, "refund 100");
            Assert.IsType<OpenResult.UnknownKey>(ring.Open("globex", box.Bytes.Span, "record 1"u8));
            Assert.IsType<OpenResult.Tampered>(ring.Open("acme", box.Bytes.Span, "record 2"u8));
            AssertOpens(ring, Seal(ring, "alice", ""), "");
        }

        using var again = Open();
        AssertOpens(again, box, "refund 100");
    }

    [Fact]
    public void The_same_payload_is_never_sealed_or_committed_to_twice_alike()
    {
        using var ring = Create();
        var boxes = Enumerable.Range(0, 200).Select(_ => Seal(ring, "alice", "yes")).ToArray();
        Assert.Equal(boxes.Length, boxes.Select(b => Convert.ToHexString(b.Bytes.Span.Slice(17, 12))).Distinct().Count());
        Assert.Equal(boxes.Length, boxes.Select(b => b.Commitment).Distinct().Count());
    }

    [Fact]
    public void Every_flipped_bit_and_every_cut_of_a_sealed_payload_is_found()
    {
        using var ring = Create();
        var bytes = Seal(ring, "alice", "x").Bytes.ToArray();
        for (var bit = 0; bit < 8 * bytes.Length; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.True(ring.Open("acme", bytes, "record 1"u8) is OpenResult.Tampered or OpenResult.UnknownKey);
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        for (var length = 0; length < bytes.Length; length++)
            Assert.IsType<OpenResult.Tampered>(ring.Open("acme", bytes.AsSpan(0, length), "record 1"u8));
        Assert.IsType<OpenResult.Opened>(ring.Open("acme", bytes, "record 1"u8));
    }

    [Fact]
    public void A_destroyed_subjects_payloads_read_erased_for_good_and_others_open()
    {
        SealedPayload alice, bob, foreign, anew;
        using (var ring = Create())
        {
            (alice, bob) = (Seal(ring, "alice", "a"), Seal(ring, "bob", "b"));
            foreign = Seal(ring, "alice", "c", "globex");
            Assert.True(ring.TryDestroy("acme", "alice", out var destroyed, out _));
            Assert.True(destroyed);
            anew = Seal(ring, "alice", "new");
            Check(ring);
        }

        using var again = Open();
        Check(again);

        void Check(SubjectKeyRing ring)
        {
            Assert.IsType<OpenResult.Erased>(ring.Open("acme", alice.Bytes.Span, "record 1"u8));
            Assert.IsType<OpenResult.UnknownKey>(ring.Open("globex", alice.Bytes.Span, "record 1"u8));
            AssertOpens(ring, bob, "b");
            AssertOpens(ring, foreign, "c", "globex");
            AssertOpens(ring, anew, "new");
        }
    }

    [Fact]
    public void The_file_loses_the_wrapped_key_and_names_no_subject()
    {
        using (var ring = Create())
        {
            Seal(ring, "alice", "a");
            Seal(ring, "bob", "b");
        }

        var before = Contents();
        Assert.Equal(4 * FrameLength, before.Length);
        var aliceTag = before.AsSpan(2 * FrameLength + 72, 32);
        var aliceKey = before.AsSpan(2 * FrameLength + 104, 40);
        var bobKey = before.AsSpan(3 * FrameLength + 104, 40);
        using (var ring = Open())
            Assert.True(ring.TryDestroy("acme", "alice", out _, out _));
        var after = Contents().AsSpan();
        Assert.True(after.IndexOf(aliceKey) < 0);
        Assert.True(after.IndexOf(aliceTag) < 0);
        Assert.True(after.IndexOf(bobKey) > 0);
        foreach (var name in new[] { "alice", "bob", "acme" })
        {
            Assert.True(before.AsSpan().IndexOf(Encoding.UTF8.GetBytes(name)) < 0);
            Assert.True(before.AsSpan().IndexOf(Encoding.Unicode.GetBytes(name)) < 0);
        }

        Assert.Equal([Store], Directory.GetFileSystemEntries(_folder.FullName));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Store));
    }

    [Fact]
    public void The_old_files_contents_are_overwritten_even_where_another_name_leads_to_them()
    {
        var link = Path.Combine(_folder.FullName, "hard link");
        using (var ring = Create())
        {
            Seal(ring, "alice", "a");
            Libc.Link(Store, link);
            Assert.True(ring.TryDestroy("acme", "alice", out _, out _));
        }

        Assert.Equal(new byte[3 * FrameLength], File.ReadAllBytes(link));
    }

    [Fact]
    public void Destroying_again_or_what_never_was_is_harmless()
    {
        using (var ring = Create())
        {
            Seal(ring, "alice", "a");
            Assert.True(ring.TryDestroy("acme", "alice", out _, out _));
        }

        var before = Contents();
        using (var ring = Open())
        {
            foreach (var (organization, subject) in new[] { ("acme", "alice"), ("acme", "nobody"), ("nowhere", "alice") })
            {
                Assert.True(ring.TryDestroy(organization, subject, out var destroyed, out _));
                Assert.False(destroyed);
            }
        }

        Assert.Equal(before, Contents());
    }

    [Fact]
    public void A_torn_tail_is_dropped_wherever_it_was_torn()
    {
        SealedPayload alice, bob;
        using (var ring = Create())
            (alice, bob) = (Seal(ring, "alice", "a"), Seal(ring, "bob", "b"));
        var whole = Contents();
        for (var torn = 0; torn <= FrameLength; torn++)
        {
            // Cut short, and extended by the file system but never filled.
            foreach (var tail in new[] { whole[..(whole.Length - FrameLength + torn)], [.. whole[..(whole.Length - FrameLength + torn)], .. new byte[FrameLength - torn]] })
            {
                File.WriteAllBytes(Store, tail);
                using var ring = Open();
                AssertOpens(ring, alice, "a");
                if (torn < FrameLength)
                    Assert.True(ring.Open("acme", bob.Bytes.Span, "record 1"u8) is OpenResult.UnknownKey || tail.AsSpan().SequenceEqual(whole));
                else
                    AssertOpens(ring, bob, "b");
                AssertOpens(ring, Seal(ring, "carol", "c"), "c");
            }
        }
    }

    [Fact]
    public void Any_change_before_the_last_entry_refuses_the_file()
    {
        using (var ring = Create())
        {
            foreach (var subject in new[] { "alice", "bob", "carol" })
                Seal(ring, subject, "x");
        }

        var whole = Contents();
        for (var at = 0; at < whole.Length - FrameLength; at++)
        {
            var changed = whole.ToArray();
            changed[at] ^= 1;
            AssertRefused(changed, at < FrameLength ? null : VaultFaultKind.Corrupt);
        }

        AssertRefused([.. whole[..(2 * FrameLength)], .. whole[(3 * FrameLength)..]], VaultFaultKind.Corrupt);
        AssertRefused([.. whole[..(2 * FrameLength)], .. whole[(3 * FrameLength)..(4 * FrameLength)], .. whole[(2 * FrameLength)..(3 * FrameLength)], .. whole[(4 * FrameLength)..]], VaultFaultKind.Corrupt);
        AssertRefused([.. whole, .. new byte[2 * FrameLength]], VaultFaultKind.Corrupt);
        AssertRefused(whole[..100], VaultFaultKind.Corrupt);
        AssertRefused([], VaultFaultKind.Corrupt);
        File.WriteAllBytes(Store, whole);
        Open().Dispose();
    }

    [Fact]
    public void Another_master_key_is_refused_and_changes_nothing()
    {
        using (var ring = Create())
            Seal(ring, "alice", "a");
        var before = Contents();
        using var other = SecretKey.Generate(KeyPurpose.VaultMasterKey);
        Assert.False(SubjectKeyRing.TryOpen(Store, other, out _, out var fault));
        Assert.Equal(VaultFaultKind.WrongMasterKey, fault.Kind);
        Assert.False(SubjectKeyRing.TryCreate(Store, other, out _, out fault));
        Assert.Equal(VaultFaultKind.StoreExists, fault.Kind);
        using var pepper = SecretKey.Generate(KeyPurpose.TokenPepper);
        Assert.Throws<ArgumentException>(() => SubjectKeyRing.TryOpen(Store, pepper, out _, out _));
        Assert.Equal(before, Contents());
    }

    [Fact]
    public void A_start_makes_both_files_or_none_and_never_a_new_key_over_an_old_store()
    {
        var masterPath = Path.Combine(_folder.FullName, "master");
        Assert.True(SubjectKeyRing.TryStart(Store, masterPath, out var first, out _));
        var box = Seal(first, "alice", "a");
        first.Dispose();
        Assert.True(SubjectKeyRing.TryStart(Store, masterPath, out var second, out _));
        AssertOpens(second, box, "a");
        second.Dispose();

        File.Move(masterPath, masterPath + ".away");
        Assert.False(SubjectKeyRing.TryStart(Store, masterPath, out _, out var fault));
        Assert.Equal(VaultFaultKind.MasterKeyUnavailable, fault.Kind);
        Assert.False(File.Exists(masterPath));
        File.Move(masterPath + ".away", masterPath);

        File.SetUnixFileMode(masterPath, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        Assert.False(SubjectKeyRing.TryStart(Store, masterPath, out _, out fault));
        Assert.Equal(VaultFaultKind.MasterKeyUnavailable, fault.Kind);
        Assert.Contains("chmod 600", fault.Message, StringComparison.Ordinal);
        File.SetUnixFileMode(masterPath, UnixFileMode.UserRead | UnixFileMode.UserWrite);

        File.Move(Store, Store + ".away");
        Assert.False(SubjectKeyRing.TryStart(Store, masterPath, out _, out fault));
        Assert.Equal(VaultFaultKind.StoreMissing, fault.Kind);
        Assert.False(File.Exists(Store));
    }

    [Fact]
    public void A_store_has_one_owner()
    {
        using var ring = Create();
        Assert.False(SubjectKeyRing.TryOpen(Store, _master, out _, out var fault));
        Assert.Equal(VaultFaultKind.Io, fault.Kind);
    }

    [Fact]
    public void A_failed_write_fences_the_ring_and_the_erasure_holds_in_memory()
    {
        using var ring = Create();
        var (alice, bob) = (Seal(ring, "alice", "a"), Seal(ring, "bob", "b"));
        Directory.CreateDirectory(Store + ".new"); // stands in the way of the new file
        Assert.False(ring.TryDestroy("acme", "alice", out var destroyed, out var fault));
        Assert.True(destroyed);
        Assert.Equal(VaultFaultKind.Io, fault.Kind);
        Assert.IsType<OpenResult.Erased>(ring.Open("acme", alice.Bytes.Span, "record 1"u8));
        Assert.False(ring.TrySeal("acme", "carol", "c"u8, [], out var nothing, out fault));
        Assert.Null(nothing);
        Assert.Equal(VaultFaultKind.Fenced, fault.Kind);
        Assert.False(ring.TryDestroy("acme", "alice", out _, out fault));
        Assert.Equal(VaultFaultKind.Fenced, fault.Kind);
        AssertOpens(ring, bob, "b");
        AssertOpens(ring, Seal(ring, "bob", "more"), "more");

        ring.Dispose();
        Directory.Delete(Store + ".new");
        using var again = Open();
        Assert.True(again.TryDestroy("acme", "alice", out destroyed, out _));
        Assert.True(destroyed);
        Assert.IsType<OpenResult.Erased>(again.Open("acme", alice.Bytes.Span, "record 1"u8));
    }

    [Fact]
    public void A_draft_left_by_a_crash_is_ignored_and_replaced()
    {
        SealedPayload box;
        using (var ring = Create())
            box = Seal(ring, "alice", "a");
        File.WriteAllText(Store + ".new", "half a file");
        using var again = Open();
        AssertOpens(again, box, "a");
        Assert.True(again.TryDestroy("acme", "alice", out _, out _));
        Assert.False(File.Exists(Store + ".new"));
    }

    [Fact]
    public void More_subjects_than_the_cache_holds_all_open()
    {
        Assert.True(SubjectKeyRing.TryCreate(Store, _master, out var ring, out _, capacity: 4));
        using (ring)
        {
            var boxes = Enumerable.Range(0, 40).Select(i => Seal(ring, $"subject {i}", $"{i}")).ToArray();
            for (var round = 0; round < 2; round++)
            {
                for (var i = 0; i < boxes.Length; i++)
                    AssertOpens(ring, boxes[i], $"{i}");
            }
        }
    }

    [Fact]
    public async Task Sealing_opening_and_destroying_at_once_yields_payloads_that_open_or_are_erased()
    {
        using var ring = Create();
        var boxes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            var mine = new List<SealedPayload>();
            for (var i = 0; i < 200; i++)
            {
                mine.Add(Seal(ring, $"s{i % 3}", "x"));
                Assert.True(ring.Open("acme", mine[^1].Bytes.Span, "record 1"u8) is OpenResult.Opened or OpenResult.Erased);
                if (i % 20 == 0)
                    Assert.True(ring.TryDestroy("acme", $"s{i % 3}", out bool _, out VaultFault? _));
            }

            return mine;
        })));
        for (var i = 0; i < 3; i++)
            Assert.True(ring.TryDestroy("acme", $"s{i}", out _, out _));
        Assert.All(boxes.SelectMany(b => b), b => Assert.IsType<OpenResult.Erased>(ring.Open("acme", b.Bytes.Span, "record 1"u8)));
        ring.Dispose();
        using var again = Open();
        Assert.All(boxes.SelectMany(b => b), b => Assert.IsType<OpenResult.Erased>(again.Open("acme", b.Bytes.Span, "record 1"u8)));
    }

    [Fact]
    public void T33_subjects_and_organizations_that_look_alike_are_apart()
    {
        using var ring = Create();
        var boxes = new[] { ("ab", "c"), ("a", "bc"), ("abc", ""), ("a", "\ud800"), ("a", "\ufffd"), ("a", "\udc00") }
            .Select(n => (n, Seal(ring, n.Item2, "x", n.Item1))).ToArray();
        Assert.True(ring.TryDestroy("a", "\ud800", out _, out _));
        Assert.All(boxes, b => Assert.IsType(
            b.n == ("a", "\ud800") ? typeof(OpenResult.Erased) : typeof(OpenResult.Opened), ring.Open(b.n.Item1, b.Item2.Bytes.Span, "record 1"u8)));
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

    private void AssertRefused(byte[] contents, VaultFaultKind? kind)
    {
        File.WriteAllBytes(Store, contents);
        Assert.False(SubjectKeyRing.TryOpen(Store, _master, out _, out var fault));
        if (kind is not null)
            Assert.Equal(kind, fault.Kind);
        Assert.Equal(contents, Contents());
    }

    private byte[] Contents() => File.ReadAllBytes(Store);

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
