using Writ.Ledger.Disks;

namespace Writ.Ledger.Archiving;

/// <summary>
/// Remembers, in the data folder, that holds were set in an archive and not all taken back yet: only those are ever taken back. Lost, they stay.
/// </summary>
internal sealed class HoldMark(IDisk disk, string dataFolder)
{
    private readonly string _path = Path.Combine(dataFolder, "archive.held");

    /// <summary>Whether there is one.</summary>
    public bool IsSet
    {
        get
        {
            if (!disk.TryOpen(_path, DiskAccess.Read, out var file, out var fault))
                return !fault.IsNoEntry;
            file.Dispose();
            return true;
        }
    }

    /// <summary>Null only when it survives a loss of power.</summary>
    public DiskFault? Set()
    {
        if (IsSet)
            return null;
        if (!disk.TryOpen(_path, DiskAccess.Create, out var file, out var fault))
            return fault;
        using (file)
            return file.Flush() ?? disk.FlushFolder(dataFolder);
    }

    public DiskFault? Clear() => disk.Delete(_path) is { IsNoEntry: false } fault ? fault : null;
}
