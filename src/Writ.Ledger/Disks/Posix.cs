using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Writ.Ledger.Disks;

/// <summary>
/// The system calls the ledger needs and .NET does not offer as they are: <c>fdatasync</c> (RandomAccess.FlushToDisk is a full
/// fsync), <c>flock</c>, the fsync of a folder, and <c>pwrite</c> whose errno and short counts are not turned into exceptions.
/// </summary>
internal static partial class Posix
{
    public const int ReadOnly = 0;
    public const int ReadWrite = 2;
    public const int Create = 0x40;
    public const int Exclusive = 0x80;
    public const int CloseOnExec = 0x80000;
    public const int InvalidArgument = 22;
    public const int LockExclusive = 2;
    public const int LockNonBlocking = 4;
    public const int Unlock = 8;
    public const int Interrupted = 4;
    public const int SetFlagsCommand = 4;
    public const int NotNeeded = 4; // POSIX_FADV_DONTNEED
    public const int OwnerOnly = 0x180; // 0600

    /// <summary><c>O_DIRECT</c>, one of the few flags that differ between architectures.</summary>
    public static int Direct => RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.Arm ? 0x10000 : 0x4000;

    /// <summary>Sets the flags of an open file; clears <see cref="Direct"/> when given none.</summary>
    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    public static partial int SetFlags(SafeFileHandle file, int command, int flags);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(string path, int flags, int mode);

    [LibraryImport("libc", EntryPoint = "pwrite", SetLastError = true)]
    public static unsafe partial nint Write(SafeFileHandle file, byte* buffer, nint count, long offset);

    [LibraryImport("libc", EntryPoint = "pread", SetLastError = true)]
    public static unsafe partial nint Read(SafeFileHandle file, byte* buffer, nint count, long offset);

    [LibraryImport("libc", EntryPoint = "posix_fadvise")]
    public static partial int Advise(SafeFileHandle file, long offset, long length, int advice);

    [LibraryImport("libc", EntryPoint = "lseek", SetLastError = true)]
    public static partial long Seek(SafeFileHandle file, long offset, int whence);

    /// <summary>The stamp of an open file; null where the system does not say.</summary>
    public static unsafe FileStamp? Stamp(SafeFileHandle file)
    {
        // struct statx of Linux, the same on every architecture: the inode at 32, the time of change at 96 in seconds and at 104 in nanoseconds.
        const int EmptyPath = 0x1000;
        const uint InodeAndChange = 0x180;
        var answer = stackalloc byte[256];
        return Statx(file, "", EmptyPath, InodeAndChange, answer) == 0 && (*(uint*)answer & InodeAndChange) == InodeAndChange
            ? new FileStamp(*(ulong*)(answer + 32), *(long*)(answer + 96) * 1_000_000_000 + *(uint*)(answer + 104))
            : null;
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int Statx(SafeFileHandle folder, string path, int flags, uint mask, byte* answer);

    [LibraryImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    public static partial int FlushData(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    public static partial int FlushAll(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    public static partial int Lock(SafeFileHandle file, int operation);

    [LibraryImport("libc", EntryPoint = "rename", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Rename(string from, string to);

    [LibraryImport("libc", EntryPoint = "unlink", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Unlink(string path);
}
