using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Writ.Ledger.Disks;

/// <summary>The file system of the machine (Linux; files are made with mode 0600, folders with 0700). Stateless, thread safe.</summary>
public sealed class PosixDisk : IDisk
{
    private const UnixFileMode OwnerOnlyFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private const int NotImplemented = 38;

    private PosixDisk()
    {
    }

    /// <summary>The one instance.</summary>
    public static PosixDisk Instance { get; } = new();

    /// <inheritdoc/>
    public DiskFault? CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows())
            return new DiskFault("mkdir", path, NotImplemented);
        try
        {
            Directory.CreateDirectory(path, OwnerOnlyFolder);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new DiskFault("mkdir", path, ErrorNumberOf(e));
        }
    }

    /// <inheritdoc/>
    public DiskFault? List(string folder, ICollection<string> names)
    {
        try
        {
            foreach (var path in Directory.EnumerateFiles(folder))
                names.Add(Path.GetFileName(path));
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new DiskFault("readdir", folder, ErrorNumberOf(e));
        }
    }

    /// <inheritdoc/>
    public bool TryOpen(
        string path,
        DiskAccess access,
        [NotNullWhen(true)] out IDiskFile? file,
        [NotNullWhen(false)] out DiskFault? fault)
    {
        var flags = access switch
        {
            DiskAccess.Read or DiskAccess.ReadFromDevice => Posix.ReadOnly,
            DiskAccess.Write or DiskAccess.WriteUncached => Posix.ReadWrite,
            _ => Posix.ReadWrite | Posix.Create | Posix.Exclusive,
        };
        var uncached = access is DiskAccess.WriteUncached or DiskAccess.CreateUncached;
        fault = Open(path, uncached ? flags | Posix.Direct : flags, out var handle);
        // Some file systems know no direct writes, and say so after making the file: then the cache it is.
        if (uncached && fault is { ErrorNumber: Posix.InvalidArgument })
            fault = Open(path, flags & ~Posix.Exclusive, out handle);
        // Advice only: where it is not taken, the cache is read.
        if (handle is not null && access == DiskAccess.ReadFromDevice)
            _ = Posix.Advise(handle, 0, 0, Posix.NotNeeded);
        file = handle is null ? null : new PosixFile(path, handle, uncached);
        return fault is null;
    }

    /// <inheritdoc/>
    public DiskFault? Rename(string from, string to) =>
        Posix.Rename(from, to) == 0 ? null : new DiskFault("rename", from, Marshal.GetLastPInvokeError());

    /// <inheritdoc/>
    public DiskFault? Delete(string path) =>
        Posix.Unlink(path) == 0 ? null : new DiskFault("unlink", path, Marshal.GetLastPInvokeError());

    /// <inheritdoc/>
    public DiskFault? FlushFolder(string path)
    {
        if (Open(path, Posix.ReadOnly, out var handle) is { } fault)
            return fault;
        using (handle)
            return Posix.FlushAll(handle!) == 0 ? null : new DiskFault("fsync", path, Marshal.GetLastPInvokeError());
    }

    /// <inheritdoc/>
    public bool TryLock(
        string path,
        [NotNullWhen(true)] out IDisposable? ownership,
        [NotNullWhen(false)] out DiskFault? fault)
    {
        ownership = null;
        fault = Open(path, Posix.ReadWrite | Posix.Create, out var handle);
        if (fault is not null)
            return false;
        if (Posix.Lock(handle!, Posix.LockExclusive | Posix.LockNonBlocking) != 0)
        {
            fault = new DiskFault("flock", path, Marshal.GetLastPInvokeError());
            handle!.Dispose();
            return false;
        }

        ownership = new FolderLock(handle!);
        return true;
    }

    private static DiskFault? Open(string path, int flags, out SafeFileHandle? handle)
    {
        var descriptor = Posix.Open(path, flags | Posix.CloseOnExec, Posix.OwnerOnly);
        handle = descriptor < 0 ? null : new SafeFileHandle(descriptor, ownsHandle: true);
        return descriptor < 0 ? new DiskFault("open", path, Marshal.GetLastPInvokeError()) : null;
    }

    // .NET keeps a raw errno in HResult for most I/O failures; anything else is reported as a failing device.
    private static int ErrorNumberOf(Exception e) => e switch
    {
        DirectoryNotFoundException or FileNotFoundException => DiskFault.NoEntry,
        UnauthorizedAccessException => 13,
        _ => e.HResult is > 0 and < 4096 ? e.HResult : DiskFault.InputOutput,
    };
}
