using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Writ.Ledger.Disks;

/// <summary>A file of the operating system.</summary>
internal sealed unsafe class PosixFile(string path, SafeFileHandle handle, bool isDirect) : IDiskFile
{
    private const int SeekEnd = 2;

    private bool _isDirect = isDirect;

    public string Path => path;

    // pread and pwrite ignore the file position, so moving it to the end disturbs nobody.
    public long Length => Math.Max(0, Posix.Seek(handle, 0, SeekEnd));

    public FileStamp? Stamp => Posix.Stamp(handle);

    public DiskFault? Read(long offset, Span<byte> destination, out int count)
    {
        count = 0;
        fixed (byte* start = destination)
        {
            while (count < destination.Length)
            {
                var got = Posix.Read(handle, start + count, destination.Length - count, offset + count);
                if (got > 0)
                    count += (int)got;
                else if (got == 0)
                    break;
                else if (Marshal.GetLastPInvokeError() is var error && error != Posix.Interrupted)
                    return new DiskFault("pread", path, error);
            }
        }

        return null;
    }

    public DiskFault? Write(long offset, ReadOnlySpan<byte> source)
    {
        fixed (byte* start = source)
        {
            var done = 0;
            while (done < source.Length)
            {
                var taken = Posix.Write(handle, start + done, source.Length - done, offset + done);
                if (taken > 0)
                    done += (int)taken;
                else if (taken == 0)
                    return new DiskFault("pwrite", path, 0);
                else if (Marshal.GetLastPInvokeError() is var error && error != Posix.Interrupted && !LeaveDirect(error))
                    return new DiskFault("pwrite", path, error);
            }
        }

        return null;
    }

    /// <summary>
    /// A device with sectors of 4,096 bytes refuses direct writes of 512; such a write left nothing behind, so it is made through the
    /// cache instead. Once: a second refusal means something else.
    /// </summary>
    private bool LeaveDirect(int error)
    {
        if (error != Posix.InvalidArgument || !_isDirect)
            return false;
        _isDirect = false;
        return Posix.SetFlags(handle, Posix.SetFlagsCommand, 0) == 0;
    }

    // EINTR is not retried: after any failure the kernel may already have forgotten which pages were dirty.
    public DiskFault? Flush() =>
        Posix.FlushData(handle) == 0 ? null : new DiskFault("fdatasync", path, Marshal.GetLastPInvokeError());

    public void Dispose() => handle.Dispose();
}
