using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Writ.Ledger.Disks;
using Writ.Ledger.Segments;

namespace Writ.Ledger.Archiving;

/// <summary>
/// One ledger of an archive as the data folder it came from: each segment is fetched when it is opened and gone again when it is closed, so that
/// what verifies folders verifies archives. Thread safe.
/// </summary>
internal sealed class ArchiveDisk(IArchiveTarget target, ArchiveContents contents, string work, CancellationToken cancellation) : IDisk
{
    /// <summary>What could not be taken out of the archive, and why.</summary>
    public ConcurrentQueue<LedgerFault> Faults { get; } = new();

    public DiskFault? List(string folder, ICollection<string> names)
    {
        var kind = KindOf(folder);
        foreach (var manifest in contents.Of(kind))
            names.Add(new SegmentFolder(this, "", kind).NameOf(manifest.Segment));
        return null;
    }

    public bool TryOpen(
        string path,
        DiskAccess access,
        [NotNullWhen(true)] out IDiskFile? file,
        [NotNullWhen(false)] out DiskFault? fault)
    {
        if (access != DiskAccess.Read)
            throw ReadOnly();
        file = null;
        fault = new DiskFault("open", path, DiskFault.NoEntry);
        if (!ulong.TryParse(Path.GetFileNameWithoutExtension(path), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || contents.Find(KindOf(Path.GetDirectoryName(path)!), number) is not { } manifest)
            return false;
        var copy = Path.Combine(work, Guid.NewGuid().ToString("N"));
        // The storage port is synchronous, and who verifies has nothing else to do.
        if (ArchivedSegment.FetchAsync(target, manifest, copy, cancellation).GetAwaiter().GetResult() is { } unfetched)
        {
            File.Delete(copy);
            Faults.Enqueue(unfetched);
            fault = new DiskFault("open", path, DiskFault.InputOutput);
            return false;
        }

        if (!PosixDisk.Instance.TryOpen(copy, DiskAccess.Read, out file, out fault))
            return false;
        File.Delete(copy); // the open file keeps its bytes
        return true;
    }

    public DiskFault? CreateFolder(string path) => throw ReadOnly();

    public DiskFault? Rename(string from, string to) => throw ReadOnly();

    public DiskFault? Delete(string path) => throw ReadOnly();

    public DiskFault? FlushFolder(string path) => throw ReadOnly();

    public bool TryLock(
        string path,
        [NotNullWhen(true)] out IDisposable? ownership,
        [NotNullWhen(false)] out DiskFault? fault) => throw ReadOnly();

    private static SegmentKind KindOf(string folder) => Path.GetFileName(folder) == "vault" ? SegmentKind.Vault : SegmentKind.Records;

    private static NotSupportedException ReadOnly() => new("an archive is only read");
}
