using Microsoft.Win32.SafeHandles;

namespace Writ.Ledger.Disks;

/// <summary>
/// A lock on a file, given up when it is disposed. It is unlocked before it is closed: a process that is just being started has its own copy of
/// every open file until it runs its program, and would hold the lock as long.
/// </summary>
internal sealed class FolderLock(SafeFileHandle file) : IDisposable
{
    public void Dispose()
    {
        if (!file.IsClosed)
            _ = Posix.Lock(file, Posix.Unlock);
        file.Dispose();
    }
}
