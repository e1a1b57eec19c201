using System.Diagnostics.CodeAnalysis;
using Writ.Ledger.Disks;

namespace Writ.Ledger.Scrubbing;

/// <summary>A disk that is read slowly, and never written to.</summary>
/// <param name="disk">The disk.</param>
/// <param name="took">Told how many bytes were read, and waits where that is too fast.</param>
/// <param name="access">How its files are opened; by default through the system's cache.</param>
internal sealed class PacedDisk(IDisk disk, Action<long> took, DiskAccess access = DiskAccess.Read) : IDisk
{
    public DiskFault? List(string folder, ICollection<string> names) => disk.List(folder, names);

    public bool TryOpen(
        string path,
        DiskAccess wanted,
        [NotNullWhen(true)] out IDiskFile? file,
        [NotNullWhen(false)] out DiskFault? fault)
    {
        if (!disk.TryOpen(path, wanted == DiskAccess.Read ? access : throw ReadOnly(), out var opened, out fault))
        {
            file = null;
            return false;
        }

        file = new PacedFile(opened, took);
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

    private static NotSupportedException ReadOnly() => new("old segments are only read");
}
