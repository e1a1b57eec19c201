using System.Diagnostics.CodeAnalysis;

namespace Writ.Ledger.Disks;

/// <summary>
/// The storage port of the ledger: what it asks of a file system, and nothing more. Faults are values; an implementation
/// throws for bugs only. Implementations are thread safe.
/// </summary>
public interface IDisk
{
    /// <summary>Makes a folder and its parents; an existing one is fine.</summary>
    DiskFault? CreateFolder(string path);

    /// <summary>Adds the names (not paths) of the files in a folder to <paramref name="names"/>, in no order.</summary>
    DiskFault? List(string folder, ICollection<string> names);

    /// <summary>Opens a file.</summary>
    bool TryOpen(
        string path,
        DiskAccess access,
        [NotNullWhen(true)] out IDiskFile? file,
        [NotNullWhen(false)] out DiskFault? fault);

    /// <summary>Gives a file another name in the same folder, replacing what had that name, in one step.</summary>
    DiskFault? Rename(string from, string to);

    /// <summary>Removes a file.</summary>
    DiskFault? Delete(string path);

    /// <summary>Returns null only when the folder's names, as they now are, survive a loss of power (<c>fsync</c> of the folder).</summary>
    DiskFault? FlushFolder(string path);

    /// <summary>
    /// Takes the exclusive lock of <paramref name="path"/>, making the file if needed, without waiting. Held until
    /// <paramref name="ownership"/> is disposed or the process ends. <see cref="DiskFault.Again"/> says that another owner has it.
    /// </summary>
    bool TryLock(
        string path,
        [NotNullWhen(true)] out IDisposable? ownership,
        [NotNullWhen(false)] out DiskFault? fault);
}
