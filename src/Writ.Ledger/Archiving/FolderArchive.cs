using System.Security.Cryptography;
using Writ.Crypto.Hashing;
using Writ.Ledger.Disks;

namespace Writ.Ledger.Archiving;

/// <summary>
/// An archive in a folder, which has to be there: a mount that is not mounted is not filled. Each object is written under another name, flushed,
/// made read-only for everybody, renamed, and the folder flushed; none is ever written to or deleted again. More than that a folder cannot
/// promise: whoever owns it can. Put it where another account or another machine owns it. Thread safe.
/// </summary>
/// <param name="folder">The folder.</param>
/// <param name="disk">The storage; by default the machine's.</param>
public sealed class FolderArchive(string folder, IDisk? disk = null) : IArchiveTarget
{
    private const int ChunkLength = 1024 * 1024;
    private const UnixFileMode ReadOnly = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private readonly IDisk _disk = disk ?? PosixDisk.Instance;
    private readonly string _folder = Path.GetFullPath(folder);

    /// <inheritdoc/>
    public string Address => $"folder:{_folder}";

    /// <inheritdoc/>
    public bool KnowsHolds => false;

    /// <inheritdoc/>
    public Task<LedgerFault?> CheckAsync(CancellationToken cancellation) => Task.FromResult(
        Directory.Exists(_folder) ? null : new LedgerFault(LedgerFaultKind.ArchiveUnavailable, $"there is no folder {_folder}: make it, or mount what belongs there"));

    /// <inheritdoc/>
    public async Task<LedgerFault?> ListAsync(string prefix, ICollection<string> names, CancellationToken cancellation)
    {
        if (await CheckAsync(cancellation).ConfigureAwait(false) is { } fault)
            return fault;
        try
        {
            foreach (var file in Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories))
            {
                var name = Path.GetRelativePath(_folder, file).Replace(Path.DirectorySeparatorChar, '/');
                if (name.StartsWith(prefix, StringComparison.Ordinal) && !name.EndsWith(Segments.SegmentFolder.UnfinishedSuffix, StringComparison.Ordinal))
                    names.Add(name);
            }

            return null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return Unavailable(problem.Message);
        }
    }

    /// <inheritdoc/>
    public Task<LedgerFault?> PutAsync(ArchiveObject item, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(item);
        return Task.Run(() => Put(item, cancellation), cancellation);
    }

    /// <inheritdoc/>
    public Task<LedgerFault?> FetchAsync(string name, string file, long most, CancellationToken cancellation) => Task.Run(
        () =>
        {
            var path = PathOf(name);
            try
            {
                var length = new FileInfo(path);
                if (!length.Exists)
                    return new LedgerFault(LedgerFaultKind.NotFound, $"{Address} has no {name}");
                if (length.Length > most)
                    return new LedgerFault(LedgerFaultKind.ArchiveDamaged, $"{Address}: {name} has {length.Length} bytes, at most {most} are expected");
                using var from = File.OpenRead(path);
                using var to = new FileStream(file, FileMode.CreateNew, FileAccess.Write, FileShare.None);
                from.CopyTo(to);
                return null;
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
            {
                return Unavailable(problem.Message);
            }
        },
        cancellation);

    /// <inheritdoc/>
    public Task<LedgerFault?> HoldAsync(string name, bool isHeld, CancellationToken cancellation) => Task.FromResult<LedgerFault?>(null);

    private LedgerFault? Put(ArchiveObject item, CancellationToken cancellation)
    {
        var path = PathOf(item.Name);
        try
        {
            if (!Directory.Exists(_folder))
                return Unavailable($"there is no folder {_folder}");
            if (File.Exists(path))
                return IsSame(path, item)
                    ? null
                    : new LedgerFault(LedgerFaultKind.ArchiveContradicts, $"{Address} has another {item.Name} already: two installations write there, or it was changed");
            var made = Path.GetDirectoryName(path)!;
            if (MakeFolders(made) is { } unmade)
                return Unavailable(unmade.ToString());
            var unfinished = path + Segments.SegmentFolder.UnfinishedSuffix;
            if (Copy(item, unfinished, cancellation) is { } uncopied)
                return Unavailable(uncopied.ToString());
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(unfinished, ReadOnly);
            return (_disk.Rename(unfinished, path) ?? _disk.FlushFolder(made)) is { } unplaced ? Unavailable(unplaced.ToString()) : null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return Unavailable(problem.Message);
        }
    }

    private DiskFault? MakeFolders(string path)
    {
        if (Directory.Exists(path))
            return null;
        return MakeFolders(Path.GetDirectoryName(path)!) ?? _disk.CreateFolder(path) ?? _disk.FlushFolder(Path.GetDirectoryName(path)!);
    }

    private DiskFault? Copy(ArchiveObject item, string unfinished, CancellationToken cancellation)
    {
        if (_disk.Delete(unfinished) is { IsNoEntry: false } left)
            return left;
        if (!_disk.TryOpen(unfinished, DiskAccess.Create, out var to, out var fault))
            return fault;
        using (to)
        {
            using var from = File.OpenRead(item.File);
            var chunk = new byte[ChunkLength];
            var offset = 0L;
            for (int count; (count = from.Read(chunk)) > 0; offset += count)
            {
                cancellation.ThrowIfCancellationRequested();
                if (to.Write(offset, chunk.AsSpan(0, count)) is { } unwritten)
                    return unwritten;
            }

            return to.Flush();
        }
    }

    private static bool IsSame(string path, ArchiveObject item)
    {
        using var stream = File.OpenRead(path);
        return stream.Length == item.Length && new Hash256(SHA256.HashData(stream)) == item.Sha256;
    }

    private string PathOf(string name) => Path.Combine(_folder, name);

    private LedgerFault Unavailable(string what) => new(LedgerFaultKind.ArchiveUnavailable, $"{Address}: {what}");
}
