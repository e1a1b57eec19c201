using System.Runtime.InteropServices;
using Writ.Crypto.Hashing;
using Writ.Crypto.Signing;
using Writ.Ledger.Disks;
using Writ.Ledger.Recovery;
using Writ.Ledger.Segments;

namespace Writ.Ledger.Hashes;

/// <summary>
/// What a full segment holds but the bytes of its frames: its header, the header of every batch, the records of the catalog, and the leaf
/// hash of every record. Enough to go on from it, and to prove what is in it; signed, so that nobody without the key makes one up.
/// docs/ledger-format.md has the bytes. Immutable.
/// </summary>
internal sealed class SegmentHashes
{
    private readonly ReadOnlyMemory<byte> _leaves;

    private SegmentHashes(SegmentHeader header, FileStamp stamp, IReadOnlyList<ScannedBatch> batches, IReadOnlyList<LeafRun> runs, ReadOnlyMemory<byte> leaves)
    {
        (Header, Stamp, Batches, Runs, _leaves) = (header, stamp, batches, runs, leaves);
    }

    /// <summary>The length of the part that says of which file it is.</summary>
    public const int StampedLength = 16 + Format.SegmentHeaderLength + 16;

    private const int SignatureLength = Ed25519PublicKey.SignatureLength;
    private const uint Version = 1;

    public SegmentHeader Header { get; }

    /// <summary>The segment's file as it was when it was read whole.</summary>
    public FileStamp Stamp { get; }

    public IReadOnlyList<ScannedBatch> Batches { get; }

    public IReadOnlyList<LeafRun> Runs { get; }

    private static ReadOnlySpan<byte> Magic => "WRITHSH1"u8;

    /// <summary>The bytes of a file for a segment that was read whole and is sound.</summary>
    public static byte[] Write(ScannedSegment segment, FileStamp stamp, Ed25519PrivateKey key)
    {
        var writer = new HashWriter();
        writer.Bytes(Magic);
        writer.Number(Version);
        writer.Number((uint)segment.Batches.Count);
        segment.Header!.WriteTo(writer.Room(Format.SegmentHeaderLength));
        writer.Long(stamp.File);
        writer.Long((ulong)stamp.ChangedAt);
        foreach (var batch in segment.Batches)
        {
            writer.Long((ulong)batch.Offset);
            batch.Header.WriteTo(writer.Room(batch.Header.HeaderLength));
            writer.Number((uint)batch.Catalog.Count);
            foreach (var record in batch.Catalog)
            {
                writer.Number((uint)record.Length);
                writer.Bytes(record);
            }

            writer.Number((uint)batch.Pruned.Count);
            foreach (var (log, index) in batch.Pruned)
            {
                writer.Number(log);
                writer.Long(index);
            }
        }

        if (segment.Header!.Kind == SegmentKind.Records)
        {
            foreach (var run in RunsOf(segment.Batches, 0))
            {
                foreach (var batch in segment.Batches.Where(batch => Touches(batch, run.Log)))
                    writer.Bytes(MemoryMarshal.AsBytes<Hash256>(batch.LeavesOf(run.Log)));
            }
        }

        writer.Bytes(key.Sign(Signed(writer.Written)));
        return writer.Written.ToArray();
    }

    /// <summary>Reads a file; null when none of the keys signed these bytes, or they are no such file.</summary>
    /// <param name="file">The bytes.</param>
    /// <param name="kind">Of which family.</param>
    /// <param name="keys">Who may have signed; null where no key is at hand, and then nothing is proved by it but what hangs in the chain.</param>
    public static SegmentHashes? Read(ReadOnlyMemory<byte> file, SegmentKind kind, IReadOnlyList<Ed25519PublicKey>? keys)
    {
        if (file.Length < StampedLength + SignatureLength)
            return null;
        var said = file[..^SignatureLength];
        var signed = Signed(said.Span);
        if (keys is not null && !keys.Any(key => key.Verify(signed, file.Span[^SignatureLength..])))
            return null;
        try
        {
            return ReadSaid(said, kind);
        }
        catch (Exception problem) when (problem is ArgumentException or OverflowException)
        {
            return null; // it ends before it should
        }
    }

    private static SegmentHashes? ReadSaid(ReadOnlyMemory<byte> said, SegmentKind kind)
    {
        var reader = new HashReader(said);
        if (!reader.Bytes(Magic.Length).SequenceEqual(Magic) || reader.Number() != Version)
            return null;
        var count = (int)reader.Number();
        if (SegmentHeader.Read(reader.Bytes(Format.SegmentHeaderLength), kind, out _) is not { } header)
            return null;
        var stamp = new FileStamp(reader.Long(), (long)reader.Long());
        if (count < 0 || count > reader.Left / Format.Sector)
            return null;
        var batches = new List<ScannedBatch>(count);
        for (var i = 0; i < count; i++)
        {
            if (ReadBatch(reader, kind, (long)header.Length) is not { } batch)
                return null;
            batches.Add(batch);
        }

        if (kind == SegmentKind.Vault)
            return reader.Left == 0 ? new SegmentHashes(header, stamp, batches, [], default) : null;
        var runs = RunsOf(batches, reader.At);
        return runs.Sum(run => (long)run.Count) * Hash256.Length == reader.Left ? new SegmentHashes(header, stamp, batches, runs, said[(int)reader.At..]) : null;
    }

    /// <summary>Of which file the hashes are, from the first <see cref="StampedLength"/> bytes: nothing is checked.</summary>
    public static FileStamp StampOf(ReadOnlySpan<byte> start) => MemoryMarshal.Read<FileStamp>(start[(StampedLength - 16)..]);

    /// <summary>The segment as a scan of its bytes finds it. The records of a batch of several logs are in the order of the logs, not of the batch.</summary>
    public ScannedSegment ToScanned()
    {
        var segment = new ScannedSegment { Number = Header.Number, Length = (long)Header.Length, Header = Header, Runs = Runs };
        var hashes = MemoryMarshal.Cast<byte, Hash256>(_leaves.Span);
        var at = Runs.ToDictionary(run => run.Log, run => (int)((run.Offset - Runs[0].Offset) / Hash256.Length));
        foreach (var batch in Batches)
        {
            segment.Batches.Add(Header.Kind == SegmentKind.Vault ? batch : WithLeaves(batch, hashes, at));
            segment.End = batch.Offset + batch.Header.PaddedLength;
        }

        return segment;
    }

    private static ScannedBatch WithLeaves(ScannedBatch batch, ReadOnlySpan<Hash256> hashes, Dictionary<uint, int> at)
    {
        var touched = batch.Header.Touched.Span;
        var leaves = new Hash256[batch.Header.FrameCount];
        var logs = touched.Length == 1 ? [] : new uint[leaves.Length];
        var done = 0;
        foreach (ref readonly var log in touched)
        {
            var count = (int)log.Count;
            hashes.Slice(at[log.Log], count).CopyTo(leaves.AsSpan(done));
            if (logs.Length > 0)
                logs.AsSpan(done, count).Fill(log.Log);
            at[log.Log] += count;
            done += count;
        }

        return new ScannedBatch { Offset = batch.Offset, Header = batch.Header, Hash = batch.Hash, Leaves = leaves, Logs = logs, Catalog = batch.Catalog };
    }

    private static ScannedBatch? ReadBatch(HashReader reader, SegmentKind kind, long room)
    {
        var offset = (long)reader.Long();
        var length = BatchHeader.PlausibleLength(reader.Rest, kind, room);
        if (length == 0 || BatchHeader.Read(reader.Bytes(length), kind, room, out var hash) is not { } header
            || (kind == SegmentKind.Records && Counted(header) != header.FrameCount))
            return null;
        var catalog = new List<byte[]>();
        for (var left = reader.Number(); left > 0; left--)
            catalog.Add(reader.Bytes((int)reader.Number()).ToArray());
        var pruned = new List<(uint, ulong)>();
        for (var left = reader.Number(); left > 0; left--)
            pruned.Add((reader.Number(), reader.Long()));
        return new ScannedBatch { Offset = offset, Header = header, Hash = hash, Catalog = catalog, Pruned = pruned };
    }

    /// <summary>The logs of a segment in the order in which they first occur, and where their hashes lie.</summary>
    private static List<LeafRun> RunsOf(IEnumerable<ScannedBatch> batches, long offset)
    {
        var runs = new Dictionary<uint, LeafRun>();
        foreach (var batch in batches)
        {
            foreach (var touched in batch.Header.Touched.Span)
            {
                runs[touched.Log] = runs.TryGetValue(touched.Log, out var run)
                    ? run with { Count = run.Count + (int)touched.Count }
                    : new LeafRun(touched.Log, touched.Position - touched.Count, (int)touched.Count, 0);
            }
        }

        var placed = new List<LeafRun>(runs.Count);
        foreach (var run in runs.Values)
        {
            placed.Add(run with { Offset = offset });
            offset += (long)run.Count * Hash256.Length;
        }

        return placed;
    }

    private static long Counted(BatchHeader header)
    {
        var count = 0L;
        foreach (ref readonly var touched in header.Touched.Span)
            count += touched.Count;
        return count;
    }

    private static bool Touches(ScannedBatch batch, uint log)
    {
        foreach (ref readonly var touched in batch.Header.Touched.Span)
        {
            if (touched.Log == log)
                return true;
        }

        return false;
    }

    private static byte[] Signed(ReadOnlySpan<byte> said) => [.. Magic, .. Hash256.Of(said).Bytes];
}
