using System.Diagnostics.CodeAnalysis;
using Writ.Ledger.Disks;

namespace Writ.Ledger.Scrubbing;

/// <summary>A disk that is read slowly and from the device, and never written to.</summary>
internal sealed class PacedDisk(IDisk disk, ReadPace pace) : IDisk
{
    public DiskFault? List(string folder, ICollection<string> names) => disk.List(folder, names);

    public bool TryOpen(
        string path,
        DiskAccess access,
        [NotNullWhen(true)] out IDiskFile? file,
        [NotNullWhen(false)] out DiskFault? fault)
    {
        if (!disk.TryOpen(path, access == DiskAccess.Read ? DiskAccess.ReadFromDevice : throw ReadOnly(), out var opened, out fault))
        {
            file = null;
            return false;
        }

        file = new PacedFile(opened, pace);
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
