using Writ.Crypto.Signing;
using Writ.Ledger.Disks;
using Writ.Ledger.Segments;

namespace Writ.Ledger.Hashes;

/// <summary>The files of hashes of a data folder: <c>hashes/0000000001.seg.hashes</c>, <c>hashes/0000000001.vlt.hashes</c>. Thread safe.</summary>
/// <param name="disk">The storage.</param>
/// <param name="dataFolder">The ledger's folder.</param>
/// <param name="keys">Who may have signed them; null where no key is at hand.</param>
internal sealed class HashFolder(IDisk disk, string dataFolder, IReadOnlyList<Ed25519PublicKey>? keys)
{
    public const string FolderName = "hashes";

    private const string Extension = ".hashes";
    private const string RefusedSuffix = ".refused";
    private const long MaxBytes = Format.MaxSegmentLength;

    private readonly string _path = Path.Combine(dataFolder, FolderName);

    public IReadOnlyList<Ed25519PublicKey>? Keys => keys;

    public string PathOf(SegmentFolder segments, ulong number) => Path.Combine(_path, segments.NameOf(number) + Extension);

    /// <summary>The hashes of a segment; null where there are none that can be believed: <paramref name="isRefused"/> where there is a file.</summary>
    public SegmentHashes? Load(SegmentFolder segments, ulong number, out bool isRefused)
    {
        isRefused = false;
        if (!disk.TryOpen(PathOf(segments, number), DiskAccess.Read, out var file, out _))
            return null;
        using (file)
        {
            var bytes = new byte[Math.Min(file.Length, MaxBytes)];
            var hashes = file.Read(0, bytes, out var count) is null && count == bytes.Length ? SegmentHashes.Read(bytes, segments.Kind, keys) : null;
            isRefused = hashes?.Header.Number != number;
            return isRefused ? null : hashes;
        }
    }

    /// <summary>The hashes of a segment whose file nobody touched since they were made; null where it has to be read itself.</summary>
    public SegmentHashes? LoadUnchanged(SegmentFolder segments, ulong number, out bool isRefused)
    {
        if (Load(segments, number, out isRefused) is not { } hashes || !disk.TryOpen(segments.PathOf(number), DiskAccess.Read, out var file, out _))
            return null;
        using (file)
            return file.Stamp == hashes.Stamp && file.Length == (long)hashes.Header.Length ? hashes : null;
    }

    /// <summary>Whether there are hashes of the segment as its file is now. Nothing else is checked.</summary>
    public bool IsCurrent(SegmentFolder segments, ulong number, FileStamp stamp)
    {
        Span<byte> start = stackalloc byte[SegmentHashes.StampedLength];
        if (!disk.TryOpen(PathOf(segments, number), DiskAccess.Read, out var file, out _))
            return false;
        using (file)
            return file.Read(0, start, out var count) is null && count == start.Length && SegmentHashes.StampOf(start) == stamp;
    }

    /// <summary>Puts a file in place, durably; replaces one that is there.</summary>
    public DiskFault? Write(SegmentFolder segments, ulong number, ReadOnlySpan<byte> bytes)
    {
        var path = PathOf(segments, number);
        var unfinished = path + SegmentFolder.UnfinishedSuffix;
        if ((disk.CreateFolder(_path) ?? (disk.Delete(unfinished) is { IsNoEntry: false } left ? left : null)) is { } unmade)
            return unmade;
        if (!disk.TryOpen(unfinished, DiskAccess.Create, out var file, out var fault))
            return fault;
        using (file)
            fault = file.Write(0, bytes) ?? file.Flush();
        return fault ?? disk.Rename(unfinished, path) ?? disk.FlushFolder(_path);
    }

    /// <summary>Keeps a file that is not believed under another name, for whoever looks into it.</summary>
    public DiskFault? Refuse(string path) => disk.Rename(path, path + RefusedSuffix);

    /// <summary>The header of a full segment: of its file, or of its hashes where it was pruned; null where it cannot be read.</summary>
    public SegmentHeader? HeaderOf(SegmentFolder segments, ulong number, bool isPruned)
    {
        if (isPruned)
            return Load(segments, number, out _)?.Header;
        var sector = new byte[Format.SegmentHeaderLength];
        if (!disk.TryOpen(segments.PathOf(number), DiskAccess.Read, out var file, out _))
            return null;
        using (file)
            return file.Read(0, sector, out _) is null ? SegmentHeader.Read(sector, segments.Kind, out _) : null;
    }

    /// <summary>Reads leaf hashes out of a file. Nothing is checked: whoever uses them holds them against the tree.</summary>
    public bool TryRead(SegmentFolder segments, ulong number, long offset, Span<byte> hashes)
    {
        if (!disk.TryOpen(PathOf(segments, number), DiskAccess.Read, out var file, out _))
            return false;
        using (file)
            return file.Read(offset, hashes, out var count) is null && count == hashes.Length;
    }
}
