using System.Buffers.Binary;
using Writ.Crypto.Hashing;
using Writ.Crypto.Signing;
using Writ.Ledger.Checkpoints;
using Writ.Ledger.Notes;
using Writ.Ledger.Segments;

namespace Writ.Ledger.Tests.Verifiers;

/// <summary>
/// What somebody with the disk in hands can do to a ledger, each time at another place. Says what was done. Every one of them alters or
/// loses something that was acknowledged and signed for.
/// </summary>
internal sealed class Tampering(LedgerImage sound, LedgerImage older, LedgerImage other, Random random)
{
    private static readonly Ed25519PrivateKey Thief = Ed25519PrivateKey.FromSeed(Enumerable.Repeat((byte)7, 32).ToArray());

    private delegate string? Way(LedgerImage image);

    private Way[] Ways =>
    [
        FlipBit, FlipBit, FlipBit, FlipCheckpoint, SwapBatches, DropBatch, RepeatBatch, CutTail, CutFile, DropFile, SwapFiles, ReplayFile,
        ForeignSegment, ForeignHistory, ResignCheckpoint, OlderCheckpointOfAnother, RewriteRecord, RewriteHeader, BytesInPadding, BytesAfterEnd, StrangeFile,
    ];

    /// <summary>An altered copy, and in words what was altered.</summary>
    public (LedgerImage Image, string What) Next(int number)
    {
        while (true)
        {
            var image = sound.Copy();
            var way = Ways[number % Ways.Length];
            if (way(image) is { } what && !Same(image))
                return (image, $"{number}: {way.Method.Name}: {what}");
            number++;
        }
    }

    private bool Same(LedgerImage image) =>
        image.Files.Keys.SequenceEqual(sound.Files.Keys) && image.Files.All(file => file.Value.AsSpan().SequenceEqual(sound.Files[file.Key]));

    private string Any(string[] names) => names[random.Next(names.Length)];

    private string Family => random.Next(3) == 0 ? "vault" : "segments";

    private (string Name, int Offset, int Length) AnyBatch(LedgerImage image, string family)
    {
        var name = Any(image.Used(family));
        var batches = image.Batches(name);
        var (offset, length) = batches[random.Next(batches.Count)];
        return (name, offset, length);
    }

    private string FlipBit(LedgerImage image)
    {
        var name = Any(image.Used(Family));
        var bytes = image.Files[name];
        var at = random.Next(bytes.AsSpan().LastIndexOfAnyExcept((byte)0) + 1);
        bytes[at] ^= (byte)(1 << random.Next(8));
        return $"{name} at byte {at}";
    }

    private string FlipCheckpoint(LedgerImage image)
    {
        var name = Any(image.Names(LedgerImage.Checkpoints));
        var bytes = image.Files[name];
        var at = random.Next(bytes.Length);
        bytes[at] ^= (byte)(1 << random.Next(8));
        return $"{name} at byte {at}";
    }

    private string? SwapBatches(LedgerImage image)
    {
        var (name, first, length) = AnyBatch(image, Family);
        var alike = image.Batches(name).Where(batch => batch.Length == length && batch.Offset != first).ToArray();
        if (alike.Length == 0)
            return null;
        var second = alike[random.Next(alike.Length)].Offset;
        var bytes = image.Files[name];
        var kept = bytes.AsSpan(first, length).ToArray();
        bytes.AsSpan(second, length).CopyTo(bytes.AsSpan(first));
        kept.CopyTo(bytes.AsSpan(second));
        return $"{name}: {first} and {second}";
    }

    private string DropBatch(LedgerImage image)
    {
        var (name, offset, length) = AnyBatch(image, Family);
        var bytes = image.Files[name];
        bytes.AsSpan(offset + length).CopyTo(bytes.AsSpan(offset));
        bytes.AsSpan(bytes.Length - length).Clear();
        return $"{name} at {offset}";
    }

    private string? RepeatBatch(LedgerImage image)
    {
        var (name, offset, length) = AnyBatch(image, Family);
        var bytes = image.Files[name];
        var end = image.Batches(name)[^1] is var last ? last.Offset + last.Length : 0;
        if (end + length > bytes.Length)
            return null;
        bytes.AsSpan(offset, length).CopyTo(bytes.AsSpan(end));
        return $"{name}: {offset} again at {end}";
    }

    private string CutTail(LedgerImage image)
    {
        // From the last signed record on nothing may be missing: any cut loses at least one.
        var (name, offset, _) = AnyBatch(image, "segments");
        image.Files[name].AsSpan(offset).Clear();
        foreach (var later in image.Names("segments").Where(n => string.CompareOrdinal(n, name) > 0))
            image.Files[later].AsSpan().Clear();
        return $"from {name} at {offset}";
    }

    private string CutFile(LedgerImage image)
    {
        var name = Any(image.Used(Family));
        var used = image.Files[name].AsSpan().LastIndexOfAnyExcept((byte)0) + 1;
        var length = random.Next(used);
        image.Files[name] = image.Files[name][..length];
        return $"{name} to {length} bytes";
    }

    private string DropFile(LedgerImage image)
    {
        var name = Any(image.Used(Family));
        image.Files.Remove(name);
        return name;
    }

    private string? SwapFiles(LedgerImage image)
    {
        var names = image.Used("segments");
        if (names.Length < 2)
            return null;
        var (one, two) = (random.Next(names.Length - 1), names.Length - 1);
        (image.Files[names[one]], image.Files[names[two]]) = (image.Files[names[two]], image.Files[names[one]]);
        return $"{names[one]} and {names[two]}";
    }

    /// <summary>A file as it was earlier: a part of the disk is rolled back.</summary>
    private string ReplayFile(LedgerImage image)
    {
        var name = Any(older.Used(Family));
        image.Files[name] = older.Files[name].ToArray();
        return name;
    }

    private string ForeignSegment(LedgerImage image)
    {
        var name = Any([.. image.Used("segments").Intersect(other.Used("segments"))]);
        image.Files[name] = other.Files[name].ToArray();
        return name;
    }

    /// <summary>Another whole history under the same origins: sound in itself.</summary>
    private string ForeignHistory(LedgerImage image)
    {
        foreach (var folder in (string[])["segments", "vault"])
        {
            foreach (var name in image.Names(folder))
                image.Files.Remove(name);
            foreach (var name in other.Names(folder))
                image.Files[name] = other.Files[name].ToArray();
        }

        // Each time from another record on.
        var from = AnyBatch(image, "vault");
        image.Files[from.Name][from.Offset + from.Length - 1] ^= (byte)random.Next(2);
        return "a fork";
    }

    private string ResignCheckpoint(LedgerImage image)
    {
        var name = Any(image.Names(LedgerImage.Checkpoints));
        var signed = Read(image.Files[name]);
        image.Files[name] = signed.Sign(random.Next(2) == 0 ? Thief : Ed25519PrivateKey.FromSeed(RandomSeed())).ToBytes();
        return $"{name} by another key";
    }

    private string? OlderCheckpointOfAnother(LedgerImage image)
    {
        var names = image.Names(LedgerImage.Checkpoints);
        if (names.Length < 2)
            return null;
        var (one, two) = random.Next(2) == 0 ? (names[0], names[1]) : (names[1], names[0]);
        image.Files[one] = sound.Files[two].ToArray();
        return $"{two} as {one}";
    }

    /// <summary>A record is rewritten with its checksum and the header's digest and checksum made to fit: only hashes show it.</summary>
    private string? RewriteRecord(LedgerImage image)
    {
        var (name, offset, _) = AnyBatch(image, Family);
        var bytes = image.Files[name];
        var header = bytes.AsSpan(offset, BitConverter.ToInt32(bytes, offset + 4));
        var body = bytes.AsSpan(offset + header.Length, BitConverter.ToInt32(bytes, offset + 8));
        var length = BitConverter.ToInt32(body[4..]);
        body[Format.FrameHeaderLength + random.Next(length)] ^= (byte)(1 << random.Next(8));
        Frame.Seal(body[..(Format.FrameHeaderLength + length)]);
        if (BitConverter.ToInt32(header[12..]) != 1)
            return null;
        Hash256.Of(body[..Format.FrameHeaderLength]).CopyTo(header[96..]);
        Seal(header);
        return $"{name} at {offset}";
    }

    private string RewriteHeader(LedgerImage image)
    {
        var (name, offset, _) = AnyBatch(image, "segments");
        var bytes = image.Files[name];
        var header = bytes.AsSpan(offset, BitConverter.ToInt32(bytes, offset + 4));
        var at = 64 + random.Next(32); // the hash of the batch before
        header[at] ^= (byte)(1 << random.Next(8));
        Seal(header);
        return $"{name} at {offset + at}";
    }

    private string? BytesInPadding(LedgerImage image)
    {
        var (name, offset, length) = AnyBatch(image, Family);
        var bytes = image.Files[name];
        var used = BitConverter.ToInt32(bytes, offset + 4) + BitConverter.ToInt32(bytes, offset + 8);
        if (used == length)
            return null;
        var at = offset + used + random.Next(length - used);
        bytes[at] = (byte)random.Next(1, 256);
        return $"{name} at byte {at}";
    }

    private string? BytesAfterEnd(LedgerImage image)
    {
        var name = Any(image.Used(Family));
        var bytes = image.Files[name];
        var (offset, length) = image.Batches(name)[^1];
        var end = offset + length;
        if (end >= bytes.Length)
            return null;
        // In the sector that comes next: a first sector that is zero would look like a write that was cut short.
        var at = end + random.Next(Format.Sector);
        bytes[at] = (byte)random.Next(1, 256);
        return $"{name} at byte {at}";
    }

    private string StrangeFile(LedgerImage image)
    {
        var name = $"{Family}/{random.Next():x}.seg";
        image.Files[name] = [1, 2, 3];
        return name;
    }

    private static Checkpoint Read(byte[] note) =>
        SignedNote.TryParse(note, out var parsed) && Checkpoint.TryParse(parsed.Text, out var checkpoint) ? checkpoint : throw new InvalidOperationException("no checkpoint");

    private byte[] RandomSeed()
    {
        var seed = new byte[32];
        random.NextBytes(seed);
        return seed;
    }

    private static void Seal(Span<byte> header) => BinaryPrimitives.WriteUInt32LittleEndian(header[^4..], Crc32C.Compute(header[..^4]));
}
