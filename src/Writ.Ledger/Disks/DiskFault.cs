using System.Runtime.InteropServices;

namespace Writ.Ledger.Disks;

/// <summary>Why a storage operation did not happen, or may have happened only in part. Immutable.</summary>
/// <param name="Operation">What was tried, as the system call's name: <c>pwrite</c>, <c>fdatasync</c>, <c>open</c> …</param>
/// <param name="Path">The file or folder it was tried on.</param>
/// <param name="ErrorNumber">The <c>errno</c> of the system call; 0 where there was none, as for a short write.</param>
public sealed record DiskFault(string Operation, string Path, int ErrorNumber)
{
    /// <summary><c>ENOENT</c>: no such file or folder.</summary>
    public const int NoEntry = 2;

    /// <summary><c>EIO</c>: the device failed.</summary>
    public const int InputOutput = 5;

    /// <summary><c>EAGAIN</c>: another process holds the lock.</summary>
    public const int Again = 11;

    /// <summary><c>ENOSPC</c>: the file system is full.</summary>
    public const int NoSpace = 28;

    private const int QuotaExceeded = 122;

    /// <summary>True when the file system has no room left (<c>ENOSPC</c>, <c>EDQUOT</c>).</summary>
    public bool IsNoSpace => ErrorNumber is NoSpace or QuotaExceeded;

    /// <summary>True when the file or folder does not exist.</summary>
    public bool IsNoEntry => ErrorNumber == NoEntry;

    /// <summary>One line for people: operation, path, system error.</summary>
    public override string ToString() => ErrorNumber == 0
        ? $"{Operation} of {Path} was cut short"
        : $"{Operation} of {Path} failed: {Marshal.GetPInvokeErrorMessage(ErrorNumber)} (errno {ErrorNumber})";
}
